/** Where the walks go: complexes with their owners' decisions, contractors, and people who have several roles by right. */
import type { BankAccountId, BuildingId, ComplexId, CounterpartyId, HouseholdId, UseAuthorisationId, VoteId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { ServiceContext } from '#services/context.ts'
import { confirmAuthorisation, recordAuthorisation } from '#services/authority/use-authorisation.ts'
import { addVotePaper, certifyVote, countBallots, enterBallots, openVote } from '#services/authority/vote.ts'
import { beginHouseholdLedger } from '#services/household/household-opening.ts'
import { actorOf, setRoles } from '#services/people/user.ts'
import { addBuilding, addComplex, addCounterparty } from '#services/register/complex.ts'
import { registerHousehold } from '#services/register/household.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { PLAIN_HOUSEHOLD } from '../register/household-office.ts'
import type { RepairOffice } from './repair-office.ts'
import { on, picture, wholeOffice } from './whole-path.ts'

/** A complex of its own: jobs of other complexes are no neighbours, and nothing grows with the walks. */
export type Ground = {
  readonly complexId: ComplexId
  readonly buildings: readonly BuildingId[]
  readonly bank: BankAccountId
  readonly authorisationId: UseAuthorisationId
  readonly votes: ReadonlyMap<BuildingId, VoteId>
  /** Households have accounts: a job needs its sheet. */
  readonly isShared: boolean
}

export type WalkOffice = RepairOffice & {
  readonly people: readonly ServiceContext[]
  readonly contractors: readonly CounterpartyId[]
  readonly images: readonly string[]
  ground(isShared: boolean): Ground
}

const BEFORE = '2025-07-20T02:00:00.000Z'
const LIMIT = parseYuan('900000.00')

export function walkOffice(): WalkOffice {
  const office = wholeOffice()
  const { head, preparer, reviewer, bookkeeper, ledger, clock } = office
  for (const step of ['repairAuthority', 'repairContract', 'usePublication']) office.preset(`${step}.waivedBelow`, '5000.00')
  // Thousands of small transactions, and nobody pulls the plug.
  ledger.sqlite.pragma('synchronous = OFF')
  // In a small office one person has three posts: what they may not be on one job, the job's own rules must say.
  const many = bookkeeper.actor.userId
  setRoles(head, many, ['preparer', 'reviewer', 'bookkeeper'])
  const rival = addCounterparty(preparer, { kind: 'company', name: '另一家修缮队', bankName: '示例银行', bankAccount: '6220009' })
  let grounds = 0
  return {
    ...office,
    people: [preparer, reviewer, head, { ledger, clock, actor: actorOf(ledger, many) }],
    contractors: [office.contractor, rival],
    images: Array.from({ length: 10 }, (_, index) => picture(office, `现场${index}`)),
    ground(isShared) {
      grounds += 1
      clock.set(BEFORE)
      return groundOf(office, grounds, isShared)
    },
  }

  function groundOf(at: RepairOffice, number: number, isShared: boolean): Ground {
    const code = `W${number}`
    const complexId = addComplex(head, {
      code, name: `${code}花园`, pinyin: code, address: '示例路 1 号', managerName: '示例物业有限公司', holderName: '示例花园业主委员会',
      hotline: '', profileCode: 'AH-TONGLING', hasAssembly: true, firstDepositFen: parseYuan('3000000.00'),
    })
    const bank = addBankAccount(head, {
      bookId: at.maintenance, complexId, bankName: '示例银行', branch: '城中支行', number: `61000000${number}`,
      holderName: '示例花园业主大会', isDedicated: true, openedOn: on('2025-01-01'),
    })
    const buildings = ['1', '2'].map((each) => addBuilding(head, complexId, { code: each, name: `${each}幢` }))
    const rooms = new Map(buildings.map((buildingId): [BuildingId, HouseholdId] => [buildingId, registerHousehold(preparer, {
      effectiveOn: on('2025-01-01'), reason: '按产权证登记', buildingId, facts: { ...PLAIN_HOUSEHOLD, entrance: '1' }, owners: [],
    })]))
    if (isShared) beginHouseholdLedger(bookkeeper, { bookId: at.maintenance, complexId, date: on('2025-01-01') })
    for (const householdId of rooms.values()) {
      at.post({
        bookId: at.maintenance, date: on('2025-02-01'),
        lines: [
          at.line(at.maintenance, ACCOUNT.demandDeposit, debit(LIMIT), { complexId, bankAccountId: bank }),
          at.line(at.maintenance, ACCOUNT.contributions, credit(LIMIT), {
            complexId, ...(isShared && { households: [{ householdId, part: 'principal' as const, amountFen: LIMIT }] }),
          }),
        ],
      })
    }
    const authorisationId = recordAuthorisation(preparer, {
      complexId, title: '日常维修', scope: { kind: 'complex' }, voteId: null, parts: ['屋面', '外墙'], from: on('2025-01-01'),
      to: on('2026-12-31'), perJobFen: parseYuan('90000.00'), totalFen: LIMIT,
      decision: { number: `业决${number}号`, decidedOn: on('2025-01-05'), sha256: at.paper },
    })
    confirmAuthorisation(reviewer, authorisationId)
    const votes = new Map([...rooms].map(([buildingId, householdId]): [BuildingId, VoteId] => {
      const id = openVote(preparer, {
        complexId, title: '维修', matter: 'use', method: 'ballot', scope: { kind: 'buildings', buildingIds: [buildingId] },
        amountFen: LIMIT, parts: ['屋面', '外墙'], repairId: null, registerOn: on('2025-07-01'), returnBy: on('2025-07-15'),
      })
      enterBallots(preparer, id, [{ householdId, choice: 'agree' }])
      addVotePaper(preparer, id, 'ballots', at.paper)
      countBallots(preparer, id)
      certifyVote(reviewer, id)
      return [buildingId, id]
    }))
    return { complexId, buildings, bank, authorisationId, votes, isShared }
  }
}
