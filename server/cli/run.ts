/** Finds the command, runs it, and turns refusals into a sentence on stderr and exit code 2. */
import { failureOf, logToStderr } from '../failure.ts'
import { COMMANDS, type ExitCode } from './commands.ts'
import { print, problemText, tableText } from './output.ts'

async function usageText(): Promise<string> {
  const rows = await Promise.all(
    Object.values(COMMANDS).map(async ({ summary, load }) => [(await load()).usage, summary]),
  )
  return `用法：mingzhang <命令> …\n\n${tableText([{ title: '命令' }, { title: '说明' }], rows)}`
}

export async function runCommandLine(argv: readonly string[]): Promise<ExitCode | 2> {
  const [name, ...rest] = argv
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      print(await usageText())
      return name === undefined ? 2 : 0
    }
    const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (entry === undefined) {
      process.stderr.write(`${problemText({ code: 'cli.command', message: `没有“${name}”这个命令。` })}\n\n${await usageText()}`)
      return 2
    }
    const command = await entry.load()
    if (rest.includes('--help') || rest.includes('-h')) {
      print(`用法：mingzhang ${command.usage}\n${entry.summary}`)
      return 0
    }
    return await command.run(rest)
  } catch (error) {
    process.stderr.write(`${problemText(failureOf(error, logToStderr).problem)}\n`)
    return 2
  }
}
