/** A refusal as a person reads it: what is wrong, where, how to go on; the code is for whoever is asked for help. */
import { partsText } from '../messages/parts.ts'
import type { ProblemDetails } from '#core/problem.ts'
import { problemOf } from '../problem.ts'
import { Icon } from './icon.tsx'

type Props = { readonly error: unknown } | { readonly problem: ProblemDetails }

export function ProblemNote(props: Props) {
  const { code, message, row } = 'problem' in props ? props.problem : problemOf(props.error)
  return (
    <div className="problem-note" role="alert">
      <Icon name="warning" />
      <p>
        {row !== undefined && <strong>{partsText.row(row)} </strong>}
        {message}
      </p>
      <code>{code}</code>
    </div>
  )
}
