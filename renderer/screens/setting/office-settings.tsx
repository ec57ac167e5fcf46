import { useState } from 'react'
import { Button, Form, Input, Select } from 'antd'
import { useSuspenseQuery } from '@tanstack/react-query'
import { DRAW_ORDERS } from '#core/household/apportionment.ts'
import { api, client, refreshAll } from '../../client.ts'
import { apportionmentText } from '../../messages/apportionment.ts'
import { settingText as text } from '../../messages/setting.ts'
import { Facts } from '../../parts/facts.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { validated } from '../../parts/validated.ts'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { SIDE_STYLES, useSideStyle } from '../../side-words.ts'
import { SettingSections } from './settings.tsx'

type Settings = Answers['setting']['office']['settings']
const KEYS = [
  'autoLockMinutes', 'voucherKinds', 'closing.disposal', 'closing.otherExpenditure', 'apportionment.drawOrder',
] as const

const KIND_OPTIONS = (['general', 'split'] as const).map((value) => ({ value, label: text.voucherKindChoices[value] }))
const SIDE_OPTIONS = SIDE_STYLES.map((value) => ({ value, label: text.sideChoices[value] }))
const DRAW_OPTIONS = DRAW_ORDERS.map((value) => ({ value, label: apportionmentText.orders[value] }))
const TARGET_OPTIONS = (['3001', '3101'] as const).map((value) => ({ value, label: text.targets[value] }))

export function OfficeSettings() {
  const { data } = useSuspenseQuery(api.setting.office.queryOptions())
  return (
    <Page title={text.title} toolbar={<SettingSections current="office" />}>
      <Facts
        facts={[
          { label: text.officeName, value: data.name ?? '' },
          { label: text.ledgerFile, value: data.ledgerPath },
        ]}
      />
      <SettingsForm settings={data.settings} />
      <OwnDisplay />
    </Page>
  )
}

/** A key with a dot is one name here, not a path: the form's field names are lists. */
function SettingsForm({ settings }: { readonly settings: Settings }) {
  const mayWrite = useMay('administrator', 'head')
  const [form] = Form.useForm<Settings>()
  const problems = useFormProblems(form)
  const [isSaved, setSaved] = useState(false)

  async function save(): Promise<void> {
    setSaved(false)
    const done = await problems.attempt(async () => {
      const values = await validated(form)
      for (const key of KEYS) if (values[key] !== settings[key]) await client.setting.set.mutate({ key, value: values[key] })
      await refreshAll()
    })
    setSaved(done)
  }
  useShortcut('Ctrl+Enter', text.save, () => void save(), { isOn: mayWrite })
  return (
    <Form form={form} layout="vertical" className="setting-form" initialValues={settings} disabled={!mayWrite} onFinish={save}>
      <Form.Item name={['autoLockMinutes']} label={text.autoLock} rules={[{ required: true, message: text.required }]}>
        <Input inputMode="numeric" />
      </Form.Item>
      <Form.Item name={['voucherKinds']} label={text.voucherKinds}><Select options={KIND_OPTIONS} /></Form.Item>
      <Form.Item name={['closing.disposal']} label={text.disposal} extra={text.targetsHint}>
        <Select options={TARGET_OPTIONS} />
      </Form.Item>
      <Form.Item name={['closing.otherExpenditure']} label={text.otherExpenditure}><Select options={TARGET_OPTIONS} /></Form.Item>
      <Form.Item name={['apportionment.drawOrder']} label={text.drawOrder} extra={text.targetsHint}>
        <Select options={DRAW_OPTIONS} />
      </Form.Item>
      {problems.problem !== null && <ProblemNote problem={problems.problem} />}
      {mayWrite && (
        <div className="setting-actions">
          <Button type="primary" htmlType="submit" aria-keyshortcuts="Control+Enter">{text.save}</Button>
          {isSaved && <StateTag icon="check" tone="accent" word={text.saved} />}
        </div>
      )}
    </Form>
  )
}

/** The person's own: takes effect at once and asks no office. */
function OwnDisplay() {
  const [style, chooseStyle] = useSideStyle()
  return (
    <section className="setting-form" aria-labelledby="own-display">
      <h2 id="own-display">{text.own}</h2>
      <Form layout="vertical">
        <Form.Item label={text.sides} extra={text.sidesHint} htmlFor="own-sides">
          <Select id="own-sides" value={style} options={SIDE_OPTIONS} onChange={chooseStyle} />
        </Form.Item>
      </Form>
    </section>
  )
}
