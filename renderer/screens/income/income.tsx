/** 公共收益: the quarter of a complex or of the office, contracts, one contract, the contract form. */
import type { ScreenProps } from '../index.ts'
import { useScope } from '../../scope.tsx'
import { ContractForm } from './contract-form.tsx'
import { ContractList } from './contract-list.tsx'
import { ContractPlace } from './contract-place.tsx'
import { Overview } from './overview.tsx'
import { QuarterPlace } from './quarter-place.tsx'
import './income.css'

export function Income({ path: [first, second], query }: ScreenProps) {
  const { complexId, quarter } = useScope()
  if (first === 'contracts' && second === 'new') return <ContractForm />
  if (first === 'contracts' && second !== undefined && /^[1-9]\d{0,14}$/.test(second)) {
    return <ContractPlace key={second} contractId={Number(second)} />
  }
  if (first === 'contracts') return <ContractList query={query} />
  return complexId === null ? <Overview key={quarter} /> : <QuarterPlace key={`${complexId}-${quarter}`} complexId={complexId} />
}
