/** Runs a command in this process and keeps what it printed. */
import { vi } from 'vitest'
import { runCommandLine } from '#server/cli/run.ts'

export type Outcome = { readonly status: number; readonly stdout: string; readonly stderr: string }

export async function run(...args: string[]): Promise<Outcome> {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0)
  const error = vi.spyOn(process.stderr, 'write').mockImplementation((text) => stderr.push(String(text)) > 0)
  try {
    return { status: await runCommandLine(args), stdout: stdout.join(''), stderr: stderr.join('') }
  } finally {
    out.mockRestore()
    error.mockRestore()
  }
}
