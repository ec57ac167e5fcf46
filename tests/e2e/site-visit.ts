/** Filling in one party's record of the review on site, in the next step's form. */
import type { Locator } from '@playwright/test'

export type FilledVisit = {
  readonly party: '科室' | '监理'
  readonly person: string
  /** Name of the photo's file. */
  readonly photo: string
  /** Today where it is left out. */
  readonly on?: string
}

export async function fillVisit(step: Locator, { party, person, photo, on }: FilledVisit): Promise<void> {
  const visit = step.getByRole('group', { name: `${party}到场记录` })
  await visit.getByLabel(`${party}到场人`).fill(person)
  if (on !== undefined) {
    await visit.getByLabel('到场日期').fill(on)
    await visit.getByLabel('到场日期').press('Tab')
  }
  await visit.getByLabel('到场时间').fill('09:30')
  await visit.getByLabel('到场地点').fill('现场')
  await visit.getByLabel(`${party}看到的情况和结论`).fill('与报价一致')
  await visit.getByRole('checkbox', { name: photo }).check()
}
