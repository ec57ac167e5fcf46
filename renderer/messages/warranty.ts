/** Completion acceptance, warranty letters, and the window's question about the builder's warranty. */
import type { WarrantyCover } from '#core/repair/builder-warranty.ts'

export const warrantyText = {
  title: '竣工与保修',
  hint: '窗口初审按这里的竣工日期和保修书核对：保修期内由建设单位维修，不动用维修资金。',
  none: '还没有竣工日期。登记后，窗口初审按此核对建设单位保修期。',
  place: '范围',
  whole: '全小区',
  completedOn: '竣工验收合格日',
  waterproofing: '防渗漏保修到',
  pipes: '管线、装修保修到',
  source: '依据文件',
  completionExample: '例如：竣工验收备案表 2021-0315',
  termExample: '例如：商品房质量保修书第三条',
  paper: '扫描件',
  paperMissing: '请上传依据文件的扫描件',
  recordedBy: '登记人',
  corrected: (reason: string) => `更正：${reason}`,
  addCompletion: '登记竣工验收',
  correctCompletion: '更正竣工验收登记',

  terms: '保修书约定（长于法定最低年限的）',
  noTerms: '没有另行约定：按法定最低年限核对。',
  category: '工程类别',
  length: '保修期',
  agreedOn: '保修书日期',
  addTerm: '登记保修约定',
  correctTerm: '更正保修约定',
  months: '月数',
  seasons: '期数（供暖或供冷期）',
  least: (length: string) => `法定最低 ${length}`,
  byLetter: '法定未定年限，按保修书填写',

  correct: '更正',
  doing: '更正方式',
  change: '按文件更正',
  takeBack: '登记有误，撤销这条',
  reason: '更正原因',
  required: '请填写',
  save: '保存',

  question: '建设单位保修：工程类别',
  categoryReason: '不按部位核对的理由',
  categoryReasonExample: '例如：只更换屋面避雷带，不涉及防水',
  known: '已知的情况',
  knownMissing: '请选择已知的情况',
  completed: '知道竣工验收合格日',
  until: '知道保修止日',
  notFound: '查不到',
  on: { completed: '竣工验收合格日', until: '保修止日' },
  knownSource: '日期的依据',
  knownSourceExample: '例如：城建档案馆竣工验收备案表复印件',
  notFoundReason: '查找经过',
  notFoundExample: '例如：小区 1998 年建成，城建档案馆和原开发单位均无存档',
} as const

export const COVER_TEXT: Readonly<Record<Extract<WarrantyCover, { kind: 'unknown' }>['missing'], string>> = {
  completion: '这一处的竣工日期没有登记（全小区的维修要看每一幢）。请先在小区页登记；来不及登记的，在这里写明已知的情况，会印在受理单上。',
  term: '这类工程没有法定最低年限，保修书约定也没有登记。请在小区页登记保修书，或在这里写明已知的情况，会印在受理单上。',
  seasons: '当地供暖（供冷）期还没有填写。请在“设置 › 政策口径”中填写，或在这里写明保修止日，会印在受理单上。',
}

export const coverText = {
  inside: (completedOn: string, lastDay: string) =>
    `竣工验收合格日 ${completedOn}，保修期到 ${lastDay}：还在建设单位保修期内，由建设单位维修并承担费用，请退件。`,
  over: (completedOn: string, lastDay: string) => `竣工验收合格日 ${completedOn}，建设单位保修期已于 ${lastDay} 届满，可以继续办理。`,
} as const
