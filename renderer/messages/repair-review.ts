/** The review on site and the spot check: one record for each party. */
export const reviewText = {
  visit: (party: string) => `${party}到场记录`,
  person: (party: string) => `${party}到场人`,
  on: '到场日期',
  time: '到场时间',
  timeHint: '如 09:30',
  place: '到场地点',
  placeHint: '如 3幢 1单元顶层平台',
  finding: (party: string) => `${party}看到的情况和结论`,
  photos: (party: string) => `${party}拍的照片`,
  noPhotos: '这一步还没有收入照片：请先在“现场照片”中添加，科室和监理各至少一张',
  missing: (label: string) => `请填写${label}`,
  photosMissing: '请选择照片',
  timeFormat: '请写成 09:30 这样的时间',
  record: '登记结果',
}
