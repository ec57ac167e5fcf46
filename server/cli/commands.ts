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
  calc: { summary: '单算一条规则，结果为 JSON', load: async () => (await import('./calc.ts')).calc },
  parse: { summary: '读取银行对账单，只看不入账', load: async () => (await import('./parse.ts')).parse },
  serve: { summary: '打开账簿并启动浏览器入口', load: async () => (await import('./serve.ts')).serve },
}
