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
  backup: { summary: '备份账簿和附件，并校验副本', load: async () => (await import('./backup.ts')).backup },
  calc: { summary: '单算一条规则，结果为 JSON', load: async () => (await import('./calc.ts')).calc },
  disclose: { summary: '输出公示表（PDF 和数字）', load: async () => (await import('./disclose.ts')).disclose },
  import: { summary: '把银行对账单导入账簿', load: async () => (await import('./import.ts')).importCommand },
  parse: { summary: '读取银行对账单，只看不入账', load: async () => (await import('./parse.ts')).parse },
  restore: { summary: '从备份恢复为新的账簿', load: async () => (await import('./backup.ts')).restore },
  demo: { summary: '建立示例办公室', load: async () => (await import('./demo.ts')).demo },
  serve: { summary: '打开账簿并启动浏览器入口', load: async () => (await import('./serve.ts')).serve },
  'trial-balance': { summary: '科目余额表', load: async () => (await import('./trial-balance.ts')).trialBalance },
  verify: { summary: '校验账簿，或核对一份公示表', load: async () => (await import('./verify.ts')).verify },
}
