/** Puts a refusal where it belongs: at the field it names, or in a note above the form. */
import { useState } from 'react'
import type { FormInstance } from 'antd'
import type { ProblemDetails } from '#core/problem.ts'
import { namePathOf, problemOf } from '../problem.ts'

export type FormProblems = {
  /** For `<ProblemNote problem={…} />` when not null: a problem no field of the form could show. */
  readonly problem: ProblemDetails | null
  /** A submit is on its way. */
  readonly isBusy: boolean
  readonly show: (error: unknown) => void
  readonly clear: () => void
  /** Runs a submit and shows what it throws; true when it went through. */
  readonly attempt: (submit: () => Promise<unknown>) => Promise<boolean>
}

/** `fieldOf` translates a service's field name where the form uses another one. */
export function useFormProblems(form: FormInstance, fieldOf: (field: string) => string = (field) => field): FormProblems {
  const [problem, setProblem] = useState<ProblemDetails | null>(null)
  const [isBusy, setBusy] = useState(false)

  function show(error: unknown): void {
    const details = problemOf(error)
    const name = details.field === undefined ? [] : [...namePathOf(fieldOf(details.field))]
    // Only fields on screen: an error at a field that is not shown would be seen by nobody.
    if (name.length > 0 && form.getFieldInstance(name) != null) {
      form.setFields([{ name, errors: [details.message] }])
      form.scrollToField(name, { block: 'center', focus: true })
      setProblem(null)
    } else {
      setProblem(details)
    }
  }

  async function attempt(submit: () => Promise<unknown>): Promise<boolean> {
    setProblem(null)
    setBusy(true)
    try {
      await submit()
      return true
    } catch (error) {
      show(error)
      return false
    } finally {
      setBusy(false)
    }
  }

  return { problem, isBusy, show, clear: () => setProblem(null), attempt }
}
