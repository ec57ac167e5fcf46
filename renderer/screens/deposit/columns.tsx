/** Columns the due list and the register share. */
import type { ColDef } from 'ag-grid-community'
import { formatPercent } from '#core/rate.ts'
import { depositText } from '../../messages/deposit.ts'
import { dueWords } from '../../messages/due.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { DueTag } from './due-tag.tsx'
import type { DueCertificate } from './records.ts'

const { columns: heads } = depositText

/** Read in the server's order, the most urgent first: there is nothing to sort. */
export function certificateColumns<Row extends DueCertificate>(): readonly ColDef<Row>[] {
  const columns: ColDef<Row>[] = [
    drawn<Row>({ headerName: heads.due, width: 102 }, ({ due, status }) => <DueTag due={due} status={status} />),
    { headerName: heads.dueDate, type: 'date', width: 90, valueGetter: ({ data }) => data?.dueDate },
    { headerName: heads.certificateNo, type: 'text', minWidth: 98, valueGetter: ({ data }) => data?.certificateNo },
    { headerName: heads.complex, type: 'text', minWidth: 80, valueGetter: ({ data }) => data?.complexName },
    { headerName: heads.bank, type: 'text', minWidth: 80, valueGetter: ({ data }) => data?.bankName },
    { headerName: heads.principal, type: 'money', width: 104, valueGetter: ({ data }) => data?.principalFen },
    {
      headerName: heads.rate, type: 'number', width: 66,
      valueGetter: ({ data }) => (data === undefined ? '' : `${formatPercent(data.rateMicro)}%`),
    },
  ]
  return columns.map((column) => ({ ...column, sortable: false }))
}

/** Blank unless something is lost. */
export function lostColumn<Row extends DueCertificate>(): ColDef<Row> {
  return {
    headerName: heads.lost, type: 'side', width: 80, sortable: false, headerTooltip: dueWords.work.lostNote,
    valueGetter: ({ data }) => data?.lostFen ?? 0,
  }
}
