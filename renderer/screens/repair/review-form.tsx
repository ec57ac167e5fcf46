/** The review on site, or the drawn spot check: each party with own person, time, place, finding and photos. */
import { Checkbox, Form, Input } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { PARTY_WORD } from '#core/repair/person.ts'
import { isClockTime, type VisitParty } from '#core/repair/site-visit.ts'
import { client } from '../../client.ts'
import { reviewText as text } from '../../messages/repair-review.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useScope } from '../../scope.tsx'
import { fileAddress } from '../../upload.ts'
import type { Card } from './job.tsx'
import { StepForm } from './step-forms.tsx'

type VisitValues = { person: string; on: BusinessDate; time: string; place: string; finding: string; photos: string[] }
type ReviewValues = { visits: Partial<Record<VisitParty, VisitValues>> }

export function ReviewForm({ card, kind }: { readonly card: Card; readonly kind: 'spotChecked' | 'siteReviewed' }) {
  const { today } = useScope()
  const [form] = Form.useForm<ReviewValues>()
  const blank = { person: '', on: today, time: '', place: '', finding: '', photos: [] }
  return (
    <StepForm
      form={form}
      verb={text.record}
      initialValues={{ visits: Object.fromEntries(card.visitParties.map((party) => [party, blank])) }}
      onSubmit={({ visits }) =>
        client.repair.recordReview.mutate({
          id: card.repair.id,
          kind,
          visits: card.visitParties.flatMap((party) => {
            const visit = visits[party]
            return visit === undefined ? [] : [{ party, ...visit }]
          }),
        })}
    >
      {card.visitParties.map((party) => <VisitFields key={party} party={party} photos={card.stepPhotos} />)}
    </StepForm>
  )
}

function VisitFields({ party, photos }: { readonly party: VisitParty; readonly photos: Card['stepPhotos'] }) {
  const word = PARTY_WORD[party]
  const needed = (label: string) => [{ required: true, whitespace: true, message: text.missing(label) }]
  const ofTime = {
    validator: async (_: unknown, time: string): Promise<void> => {
      if (!isClockTime(time)) throw new Error(text.timeFormat)
    },
  }
  // Not as a required field: a group of boxes knows no such attribute.
  const somePhoto = {
    validator: async (_: unknown, chosen: readonly string[]): Promise<void> => {
      if (chosen.length === 0) throw new Error(text.photosMissing)
    },
  }
  return (
    <fieldset className="repair-visit">
      <legend>{text.visit(word)}</legend>
      <Form.Item name={['visits', party, 'person']} label={text.person(word)} rules={needed(text.person(word))}>
        <Input maxLength={30} />
      </Form.Item>
      <div className="repair-visit-when">
        <Form.Item name={['visits', party, 'on']} label={text.on} rules={[{ required: true, message: text.missing(text.on) }]}>
          <DateInput />
        </Form.Item>
        <Form.Item name={['visits', party, 'time']} label={text.time} rules={[ofTime]}>
          <Input maxLength={5} placeholder={text.timeHint} />
        </Form.Item>
      </div>
      <Form.Item name={['visits', party, 'place']} label={text.place} rules={needed(text.place)}>
        <Input maxLength={100} placeholder={text.placeHint} />
      </Form.Item>
      <Form.Item name={['visits', party, 'finding']} label={text.finding(word)} rules={needed(text.finding(word))}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      {photos.length === 0 && <p className="quiet">{text.noPhotos}</p>}
      {photos.length > 0 && (
        <Form.Item
          name={['visits', party, 'photos']}
          label={text.photos(word)}
          rules={[somePhoto]}
        >
          <Checkbox.Group
            className="repair-visit-photos"
            options={photos.map(({ sha256, name }) => ({ value: sha256, label: <PhotoChoice sha256={sha256} name={name} /> }))}
          />
        </Form.Item>
      )}
    </fieldset>
  )
}

function PhotoChoice({ sha256, name }: { readonly sha256: string; readonly name: string }) {
  return (
    <>
      <img src={fileAddress(sha256)} alt="" loading="lazy" decoding="async" />
      <span>{name}</span>
    </>
  )
}
