/**
 * The shell of every page on which a bank's slip becomes a voucher: the form, refusals at their fields, the voucher in full
 * before anything is written, and back to the certificate.
 */
import { useState, type ReactNode } from 'react'
import { Button, Form, type FormInstance } from 'antd'
import type { CertificateId } from '#core/id.ts'
import { refreshAll } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Sheet } from '../../parts/voucher-sheet.tsx'
import { goTo } from '../../place.ts'
import { useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { sheetOf } from './preview-sheet.ts'

/** What the slip would write; asked for by the button, before the confirmation. */
export type SlipWriting = {
  readonly title: string
  readonly rule: Parameters<typeof sheetOf>[1]['rule']
  readonly attachmentCount: number
  readonly preview: () => Promise<Parameters<typeof sheetOf>[0]>
  /** Gives the certificate to be shown afterwards. */
  readonly write: () => Promise<CertificateId>
}

type Props<Values> = {
  readonly title: string
  readonly hint: string
  readonly className: string
  readonly labelWidth: string
  readonly form: FormInstance<Values>
  readonly values: NoInfer<Values>
  readonly onValues: (all: NoInfer<Values>) => void
  /** The form's names of the service's fields. */
  readonly fields: Readonly<Record<string, string>>
  /** Null while a field the form cannot judge by itself is missing. */
  readonly writing: () => SlipWriting | null
  readonly children: ReactNode
}

export function SlipForm<Values extends object>({
  title, hint, className, labelWidth, form, values, onValues, fields, writing, children,
}: Props<Values>) {
  const { person } = useSession()
  const { problem, attempt } = useFormProblems(form, (field) => fields[field] ?? field)
  const [asked, setAsked] = useState<{ readonly slip: SlipWriting; readonly sheet: Sheet }>()
  useShortcut('Ctrl+Enter', certificateText.slip.show, form.submit, { isOn: asked === undefined })

  async function show(): Promise<void> {
    const slip = writing()
    if (slip === null) return
    const { rule, attachmentCount } = slip
    setAsked({ slip, sheet: sheetOf(await slip.preview(), { rule, attachmentCount, preparer: person.name }) })
  }

  async function write({ write: send }: SlipWriting): Promise<void> {
    const id = await send()
    await refreshAll()
    goTo({ screen: 'deposits', path: [id] })
  }
  return (
    <Page title={title} hint={hint}>
      <Form
        form={form}
        className={className}
        labelCol={{ flex: labelWidth }}
        initialValues={values}
        onValuesChange={(_, all) => onValues(all)}
        onFinish={() => void attempt(show)}
        scrollToFirstError={{ focus: true }}
      >
        {problem !== null && <ProblemNote problem={problem} />}
        {children}
      </Form>
      {asked !== undefined && (
        <ConfirmWrite
          title={asked.slip.title}
          sheets={[asked.sheet]}
          verb={certificateText.slip.write}
          onWrite={() => write(asked.slip)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Page>
  )
}

type ExpectedProps<Quote> = {
  /** False until enough is filled in to ask. */
  readonly isAsked: boolean
  readonly quote: Quote | undefined
  readonly error: unknown
  readonly children: (quote: Quote) => ReactNode
}

/** Beside the slip's fields: what the bank owes by them. */
export function ExpectedQuote<Quote>({ isAsked, quote, error, children }: ExpectedProps<Quote>) {
  return (
    <section className="quote" aria-live="polite">
      <h2>{certificateText.slip.expected}</h2>
      {!isAsked && <p className="quiet">{certificateText.slip.notYet}</p>}
      {isAsked && error !== null && <ProblemNote error={error} />}
      {isAsked && error === null && quote !== undefined && children(quote)}
    </section>
  )
}

/** Under the slip's fields. */
export function ShowVoucher() {
  return (
    <div className="step-buttons">
      <Button type="primary" htmlType="submit">{certificateText.slip.show}</Button>
    </div>
  )
}
