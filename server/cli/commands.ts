/** Every command: one line here, one file of its name. Loaded only when called, so `calc` never opens SQLite. */

/** 0 done; 1 the answer is "no" (damage found); 2, bad input, comes from a thrown Problem. */
export type ExitCode = 0 | 1

export type Command = {
  /** Without the program's name: `serve FILE [--port N] [--no-open]`. */
  readonly usage: string
  readonly run: (argv: readonly string[]) => Promise<ExitCode>
}

export type CommandEntry = { readonly summary: string; readonly load: () => Promise<Command> }

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  apportion: { summary: '一个小区的分摊表，可逐户重算核对', load: async () => (await import('./apportion.ts')).apportionCommand },
  backup: { summary: '备份账簿和附件，并校验副本', load: async () => (await import('./backup.ts')).backup },
  calc: { summary: '单算一条规则，结果为 JSON', load: async () => (await import('./calc.ts')).calc },
  chain: { summary: '一张存单的来龙去脉：转存、分拆、合并、利息', load: async () => (await import('./chain.ts')).chain },
  check: { summary: '审计自查：列出疑点，只看不写', load: async () => (await import('./check.ts')).check },
  differences: {
    summary: '银行实付与应得不符的利息',
    load: async () => (await import('./differences.ts')).differences,
  },
  disclose: { summary: '输出公示表（PDF 和数字）', load: async () => (await import('./disclose.ts')).disclose },
  due: { summary: '到期和逾期的存单，可出到期一览表和日历文件', load: async () => (await import('./due.ts')).due },
  findings: { summary: '疑点清单：一段时间的，或某次自查当时的，可出 PDF', load: async () => (await import('./findings.ts')).findings },
  household: { summary: '一户的分户账，可出对账单', load: async () => (await import('./household.ts')).household },
  gains: { summary: '试算收益计入分户账，只看不写入', load: async () => (await import('./gains.ts')).gains },
  households: { summary: '一个小区的户室', load: async () => (await import('./households.ts')).households },
  'import-households': {
    summary: '把楼盘表导入一个小区',
    load: async () => (await import('./import-households.ts')).importHouseholds,
  },
  import: { summary: '把银行对账单导入账簿', load: async () => (await import('./import.ts')).importCommand },
  'import-deposits': {
    summary: '把现有的存单台账导入账簿',
    load: async () => (await import('./import-deposits.ts')).importDepositsCommand,
  },
  parse: { summary: '读取银行对账单，只看不入账', load: async () => (await import('./parse.ts')).parse },
  rates: { summary: '首期交存标准：查看，或填写并由第二人确认', load: async () => (await import('./rates.ts')).rates },
  reconcile: { summary: '银行存款余额调节表，可先自动勾对', load: async () => (await import('./reconcile.ts')).reconcile },
  'repair-paper': { summary: '打印一项维修的单据', load: async () => (await import('./repair-paper.ts')).repairPaper },
  restore: { summary: '从备份恢复为新的账簿', load: async () => (await import('./backup.ts')).restore },
  generate: {
    summary: '按规模建立参照办公室，用来测速', load: async () => (await import('./generate.ts')).generate,
  },
  demo: { summary: '建立示例办公室', load: async () => (await import('./demo.ts')).demo },
  'self-funding': {
    summary: '一个小区的自筹征缴和收款，可出征缴通知书',
    load: async () => (await import('./self-funding.ts')).selfFunding,
  },
  serve: { summary: '打开账簿并启动浏览器入口', load: async () => (await import('./serve.ts')).serve },
  statements: { summary: '维修资金报表（会住维01、02、03表）', load: async () => (await import('./statements.ts')).statements },
  'trial-balance': { summary: '科目余额表', load: async () => (await import('./trial-balance.ts')).trialBalance },
  verify: { summary: '校验账簿，或核对一份公示表', load: async () => (await import('./verify.ts')).verify },
}
