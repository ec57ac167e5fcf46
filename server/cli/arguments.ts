/** Reading a command's arguments: what is missing, unknown or misspelt is refused with the command's usage. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { Problem } from '#core/problem.ts'
import { systemCodeOf } from '../failure.ts'

type Options = NonNullable<ParseArgsConfig['options']>

function refusal(message: string, usage: string, field?: string): Problem {
  return new Problem({
    code: 'cli.arguments',
    message: `${message} 用法：mingzhang ${usage}`,
    ...(field === undefined ? {} : { field }),
  })
}

/**
 * `positionals` names what must be given, in order (`['FILE', 'DEST']`); `options` is Node's own description.
 * Errors: Problem `cli.arguments`.
 */
export function readArguments<const Names extends readonly string[], const Described extends Options>(
  argv: readonly string[],
  spec: { readonly usage: string; readonly positionals: Names; readonly options: Described },
) {
  const parsed = parseStrictly(argv, spec)
  const missing = spec.positionals[parsed.positionals.length]
  if (missing !== undefined) throw refusal(`缺少 ${missing}。`, spec.usage, missing)
  const extra = parsed.positionals[spec.positionals.length]
  if (extra !== undefined) throw refusal(`多出参数“${extra}”。`, spec.usage)
  /** By name; every named positional is present. */
  const positional = (name: Names[number]): string => {
    const value = parsed.positionals[spec.positionals.indexOf(name)]
    if (value === undefined) throw refusal(`缺少 ${name}。`, spec.usage, name)
    return value
  }
  return { positional, values: parsed.values }
}

function parseStrictly<const Described extends Options>(
  argv: readonly string[],
  spec: { readonly usage: string; readonly options: Described },
) {
  try {
    return parseArgs({ args: [...argv], options: spec.options, allowPositionals: true, strict: true })
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw refusal('有不认识的选项。', spec.usage)
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw refusal('有选项缺少取值，或给了不该有的取值。', spec.usage)
    throw error
  }
}

/** A whole number in a range, from an option's text. Errors: `cli.number`. */
export function readWholeNumber(text: string, field: string, least: number, most: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new Problem({ code: 'cli.number', message: `“${text}”不是 ${least} 到 ${most} 之间的整数。`, field })
}
