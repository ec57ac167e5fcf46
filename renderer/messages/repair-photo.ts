export const photoText = {
  title: '现场照片',
  none: '还没有照片。把手机里的照片拖到下方，复核、验收时要看。',
  add: '拖入照片，或点此选择',
  addHint: 'jpg、png，可一次多张；iPhone 请先在“相机 › 格式”选“兼容性最佳”',
  loading: '正在读取照片…',
  alt: (name: string) => `现场照片 ${name}`,
  open: (name: string) => `放大 ${name}`,
  noTime: '无拍摄时间',
  hints: (count: number) => `疑似 ${count} 处`,
  suspect: '疑似',
  broken: '打不开',
  view: '照片',
  place: (index: number, count: number) => `第 ${index} 张，共 ${count} 张`,
  previous: '上一张',
  next: '下一张',
  download: '下载原图',
  facts: {
    takenAt: '拍摄时间', place: '拍摄地点', camera: '相机', pixels: '像素', added: '归档', name: '文件名', fingerprint: '指纹',
  },
  unknown: '照片没有记录',
  cameraClock: (time: string) => `${time}（相机时钟）`,
  pixels: (width: number, height: number, bytes: number) => `${width} × ${height}，${sizeText(bytes)}`,
  added: (by: string, on: string) => `${by} ${on}`,
  refused: (count: number) => `${count} 个文件没有收下：`,
}

const KILO = 1024

function sizeText(bytes: number): string {
  return bytes < KILO * KILO ? `${Math.ceil(bytes / KILO)} KB` : `${(bytes / KILO / KILO).toFixed(1)} MB`
}
