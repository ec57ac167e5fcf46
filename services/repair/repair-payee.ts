/**
 * The account a job is paid to: known when the contract is signed, or where there is none when it is settled, and the same when
 * it is paid. An account changed in between is how money goes astray.
 */
import { Problem } from '#core/problem.ts'
import type { Repair, RepairJob } from './repair-record.ts'

/** Bank and account of the contractor. Throws `repair.payeeAccount` where none is on record. */
export function requirePayeeAccount({ contractorName, contractorAccount, contractorBank }: Repair): string {
  if (contractorAccount !== '') return contractorBank
  const message = `${contractorName}没有登记收款账户：请由记账或会计主管先在“小区 › 对方单位”中登记开户行和账号`
  throw new Problem({ code: 'repair.payeeAccount', message })
}

/** Throws `repair.payeeAccount` where the account is missing, or is not the one that was agreed. */
export function refuseOtherAccount({ state, repair }: RepairJob): void {
  const now = requirePayeeAccount(repair)
  const agreed = state.contract?.payeeBank ?? state.payeeBank
  if (now === agreed) return
  const where = state.contract === null ? '决算' : '合同'
  const message = `收款账户现为“${now}”，与${where}登记的“${agreed ?? ''}”不同：请核实后改回，或退回${where}重新登记`
  throw new Problem({ code: 'repair.payeeAccount', message })
}
