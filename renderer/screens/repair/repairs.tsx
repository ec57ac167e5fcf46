/** Repairs: the board by step, the report form, and the page of one job, by address. */
import { idOf } from '#core/id.ts'
import type { ScreenProps } from '../index.ts'
import { AuthorityPages } from '../authority/authority-pages.tsx'
import { RepairBoard } from './board.tsx'
import { Contractors } from '../contractor/contractors.tsx'
import { RepairInbox } from './inbox.tsx'
import { RepairPage } from './job.tsx'
import { ReportForm } from './report-form.tsx'
import './repair.css'

export function Repairs({ path, query }: ScreenProps) {
  const [record] = path
  if (record === 'new') return <ReportForm />
  if (record === 'inbox') return <RepairInbox query={query} />
  if (record === 'contractors' || record === 'tenders') return <Contractors path={path} query={query} />
  if (record === 'votes' || record === 'standing' || record === 'emergencies') return <AuthorityPages path={path} query={query} />
  if (record !== undefined && /^[1-9]\d{0,14}$/.test(record)) {
    return <RepairPage key={record} id={idOf<'repair'>(Number(record))} />
  }
  return <RepairBoard query={query} />
}
