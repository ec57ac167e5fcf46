/** What can be done with a lot, one dialog each: a bid, the scores, the award, the agreement, a certificate. */
import type { ReactNode } from 'react'
import { Form, Modal } from 'antd'
import { useFormProblems } from '../../parts/form-problems.ts'
import { client, refreshAll } from '../../client.ts'
import { placingText } from '../../messages/placing.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { AgreementFields, AwardFields, BidFields, LinkFields, ScoreFields } from './placing-fields.tsx'
import {
  agreementOf, awardOf, bidOf, firstOf, scoresOf, type PlacingValues,
} from './placing-values.ts'
import type { Bid, Lot } from './placing-lot.tsx'

export type LotAction = 'bid' | 'score' | 'award' | 'revoke' | 'agreement' | 'link'

export type Asked =
  | { readonly kind: LotAction }
  | { readonly kind: 'correct'; readonly bid: Bid }
  | { readonly kind: 'unlink'; readonly linkId: number }

type Props = { readonly lot: Lot; readonly asked: Asked; readonly onClose: () => void }

const { actions, dialog: text } = placingText

export function PlacingDialog({ lot, asked, onClose }: Props) {
  const common = { lot, asked, onClose }
  switch (asked.kind) {
    case 'revoke':
      return (
        <ReasonDialog
          title={actions.revoke}
          verb={actions.revoke}
          hint={text.revokeHint}
          words={{ reason: text.reason, missing: text.reasonMissing, example: text.revokeExample }}
          onReason={(reason) => client.placing.revoke.mutate({ lotId: lot.id, reason }).then(refreshAll)}
          onClose={onClose}
        />
      )
    case 'unlink':
      return (
        <ReasonDialog
          title={actions.unlink}
          verb={actions.unlink}
          hint={text.unlinkHint}
          words={{ reason: text.reason, missing: text.reasonMissing, example: text.unlinkExample }}
          onReason={(reason) => client.placing.unlink.mutate({ lotId: lot.id, linkId: asked.linkId, reason }).then(refreshAll)}
          onClose={onClose}
        />
      )
    case 'bid':
      return (
        <Dialog
          {...common}
          onSave={(values) => client.placing.bid.mutate({ ...bidOf(values), bank: values.bank ?? '', lotId: lot.id })}
        >
          <BidFields />
        </Dialog>
      )
    case 'correct':
      return (
        <Dialog
          {...common}
          onSave={({ reason = '', ...values }) =>
            client.placing.correctBid.mutate({ ...bidOf(values), lotId: lot.id, bidId: asked.bid.id, reason })}
        >
          <BidFields corrects={asked.bid} />
        </Dialog>
      )
    case 'score':
      return (
        <Dialog {...common} onSave={(values) => client.placing.scores.mutate(scoresOf(lot, values))}>
          <ScoreFields lot={lot} />
        </Dialog>
      )
    case 'award':
      return (
        <Dialog {...common} onSave={(values) => client.placing.award.mutate(awardOf(lot, values))}>
          <AwardFields lot={lot} />
        </Dialog>
      )
    case 'agreement':
      return (
        <Dialog {...common} onSave={(values) => client.placing.agreement.mutate(agreementOf(lot, values))}>
          <AgreementFields />
        </Dialog>
      )
    case 'link':
      return (
        <Dialog
          {...common}
          onSave={(values) => client.placing.link.mutate({ lotId: lot.id, certificateId: values.certificateId ?? 0 })}
        >
          <LinkFields lot={lot} />
        </Dialog>
      )
  }
}

type DialogProps = Props & { readonly children: ReactNode; readonly onSave: (values: PlacingValues) => Promise<unknown> }

function Dialog({ lot, asked, children, onSave, onClose }: DialogProps) {
  const [form] = Form.useForm<PlacingValues>()
  const { problem, isBusy, attempt } = useFormProblems(form)

  async function save(values: PlacingValues): Promise<void> {
    if (isBusy) return
    const isDone = await attempt(async () => {
      await onSave(values)
      await refreshAll()
    })
    if (isDone) onClose()
  }

  return (
    <Modal
      open
      title={`${placingText.lot.name(lot.seq)} ${actions[asked.kind]}`}
      okText={asked.kind === 'award' ? actions.award : text.save}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <Form form={form} layout="vertical" initialValues={firstOf(lot, asked)} onFinish={(values) => void save(values)}>
        {problem !== null && <ProblemNote problem={problem} />}
        {children}
      </Form>
    </Modal>
  )
}
