/** Contractors by address: the register, one party, the quarter's table; tenders, one tender, a new one. */
import { idOf } from '#core/id.ts'
import type { ScreenProps } from '../index.ts'
import { ContractorList } from './contractor-list.tsx'
import { ContractorPage } from './contractor-page.tsx'
import { ContractorQuarter } from './contractor-quarter.tsx'
import { TenderForm } from './tender-form.tsx'
import { TenderList } from './tender-list.tsx'
import { TenderPage } from './tender-page.tsx'
import './contractor.css'

const NUMBER = /^[1-9]\d{0,14}$/

export function Contractors({ path: [section, record], query }: Pick<ScreenProps, 'path' | 'query'>) {
  if (section === 'tenders') {
    if (record === 'new') return <TenderForm query={query} />
    if (record !== undefined && NUMBER.test(record)) return <TenderPage key={record} id={idOf<'tender'>(Number(record))} />
    return <TenderList />
  }
  if (record === 'quarter') return <ContractorQuarter />
  if (record !== undefined && NUMBER.test(record)) {
    return <ContractorPage key={record} id={idOf<'counterparty'>(Number(record))} />
  }
  return <ContractorList />
}
