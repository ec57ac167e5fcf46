/**
 * Jobs walked side by side over the real services by random people: at every step first something wrong, then what is right;
 * sent back, paid, reversed and paid again. What the ledger then holds is judged by rules told again here, without the machine:
 * read from the rows alone.
 */
import { expect, it } from 'vitest'
import type { RepairStep } from '#core/repair/repair.ts'
import { policyFor } from '#services/policy/policy.ts'
import { evidenceOf, told } from './walk-evidence.ts'
import { walkOffice, type Ground, type WalkOffice } from './walk-ground.ts'
import { drawnWrongly, unlogged } from './walk-log.ts'
import { end, FROM_PUBLICATION, otherContractor, reverse, sendBack } from './walk-payment.ts'
import { isFollowedUp, LEAVE, promisedWrongly, THRESHOLD, wrongWith } from './walk-rules.ts'
import { dice, goTo, reported, stepOf, type Dice, type Scene } from './walk-scene.ts'
import { TO_SETTLEMENT } from './walk-steps.ts'

const ACTS = { ...TO_SETTLEMENT, ...FROM_PUBLICATION }
const ENDS: readonly RepairStep[] = ['closed', 'refused', 'cancelled']
const BEFORE_DRAW: readonly RepairStep[] = ['windowCheck', 'repeatAnswer', 'engineeringCheck', 'authority', 'contract']
const BESIDE = 6
const ROUNDS = 12
const TURNS = 45

/** Walks that never come this way would prove nothing. */
const LEAST: Readonly<Record<string, number>> = {
  paid: 45, 'spot-checked': 8, 'not drawn': 3, 'reviewed on site': 25, 'sent back': 8, 'reversed and paid again': 4,
  'with a visa': 8, 'with its retention': 5, 'repeat answered': 8, 'below every leave': 15, 'by vote': 3,
  'by standing authorisation': 3, 'by emergency': 3, 'with a sheet': 8, 'by another contractor': 3, audited: 3,
  'after an objection': 3, 'after an answer': 8,
}

type Tally = Map<string, number>

function counted(tally: Tally, office: WalkOffice, { id }: Scene): void {
  const { events, standing, visas } = evidenceOf(office, id)
  const had = (kind: string) => events.some((event) => event.kind === kind)
  const amount = standing('engineeringChecked')?.amount ?? 0
  const authority = told(standing('authorised'), 'authority')
  const paid = Number(told(events.findLast(({ kind }) => kind === 'paid' || kind === 'paymentCorrected'), 'paidFen') ?? 0)
  const settled = standing('settled')
  const { ledger } = office
  const isIn = (sql: string) => ledger.prepare<[number], unknown>(sql).get(id) !== undefined
  const ways: readonly (readonly [string, boolean])[] = [
    ['paid', true], ['spot-checked', amount < THRESHOLD && had('spotChecked')],
    ['not drawn', told(standing('drawn'), 'isDrawn') === false],
    ['reviewed on site', amount >= THRESHOLD], ['sent back', had('sentBack')],
    ['reversed and paid again', had('paymentCorrected') && events.at(-1)?.kind !== 'paymentCorrected' && paid > 0],
    ['with a visa', visas.length > 0],
    ['with its retention', Number(told(settled, 'retentionFen')) > 0 && paid === settled?.amount],
    ['repeat answered', had('repeatAnswered')], ['below every leave', amount < LEAVE], ['by vote', authority === 'vote'],
    ['by standing authorisation', authority === 'standing'], ['by emergency', authority === 'emergency'],
    ['with a sheet', isIn('SELECT 1 FROM apportionment WHERE repair_id = ?')],
    ['by another contractor', had('contractorChanged')], ['audited', told(settled, 'needsAudit') === true],
    ['after an objection', isIn(`SELECT 1 FROM repair_objection o JOIN repair_objection_end e ON e.objection_id = o.id
      WHERE o.repair_id = ?`)],
    ['after an answer', isIn(`SELECT 1 FROM finding_subject j JOIN finding_event e ON e.finding_id = j.finding_id
      WHERE j.kind = 'repair' AND j.subject_id = ? AND e.kind = 'answered'`)],
  ]
  for (const [way, isSo] of ways) if (isSo) tally.set(way, (tally.get(way) ?? 0) + 1)
}

function paidOf({ office, id }: Scene): number {
  return office.ledger.prepare<[number], { fen: number }>(
    'SELECT coalesce(sum(debit_fen - credit_fen), 0) AS fen FROM voucher_line WHERE repair_id = ?').get(id)?.fen ?? 0
}

/** One turn of one job; whatever money it moved is judged at once. */
function turn(scene: Scene, beside: readonly Scene[], draw: Dice): void {
  const step = stepOf(scene)
  const before = paidOf(scene)
  if (step === 'spotDraw') {
    // Drawn together with whoever comes this far; on a day that is past for none of them.
    if (beside.some((one) => BEFORE_DRAW.includes(stepOf(one))) && draw.chance(97)) return
    const last = beside.map(({ today }) => today).toSorted().at(-1) ?? scene.today
    for (const one of beside) if (stepOf(one) === 'spotDraw') goTo(one, last)
  }
  goTo(scene, scene.today)
  const aside = draw.below(100)
  const isCovered = ['acceptance', 'settlement'].includes(step) && evidenceOf(scene.office, scene.id).visas.length === 1
  if (step === 'closed' || (aside < 4 && before > 0)) reverse(scene)
  else if (aside < (isCovered ? 40 : 4)) sendBack(scene)
  else if (aside < 6 && BEFORE_DRAW.includes(step)) otherContractor(scene)
  else if (aside < 7 && before === 0) end(scene)
  else ACTS[step]?.(scene)
  expect(promisedWrongly(scene.office, scene.id)).toEqual([])
  if (paidOf(scene) > before) expect(wrongWith(scene.office, scene.id)).toEqual([])
}

function walkTogether(office: WalkOffice, ground: Ground, draw: Dice): readonly Scene[] {
  const scenes = Array.from({ length: BESIDE }, () => reported(office, ground, draw))
  const again = new Set<Scene>()
  for (let turns = 0; turns < TURNS * BESIDE; turns += 1) {
    const open = scenes.filter((scene) => !ENDS.includes(stepOf(scene)) || again.has(scene))
    if (open.length === 0) break
    const scene = draw.pick(open)
    turn(scene, scenes, draw)
    again.delete(scene)
    if (stepOf(scene) === 'closed' && draw.chance(15)) again.add(scene)
  }
  return scenes
}

it('no walk of anybody pays a job that misses a step, a paper, a person or a posting, and every change is in the log', () => {
  const office = walkOffice()
  // Read outside the transaction it is held, inside it would be parsed at every act.
  policyFor(office.ledger, 'AH-TONGLING', office.clock.today())
  const tally: Tally = new Map()
  const leftToSql = new Set<string>()
  for (let round = 1; round <= ROUNDS; round += 1) {
    const draw = dice(20_251_009 + round)
    // One transaction, in which every act is its own savepoint: what is refused still leaves nothing.
    const scenes = office.ledger.write(() => walkTogether(office, office.ground(round % 3 === 0), draw))
    for (const scene of scenes) {
      const told = `round ${round}, job ${scene.id}`
      expect([told, scene.letThrough, unlogged(office, scene.id)]).toEqual([told, [], []])
      for (const each of scene.leftToSql) leftToSql.add(each)
      const { events } = evidenceOf(office, scene.id)
      if (['retention', 'closed'].includes(stepOf(scene))) expect(isFollowedUp(events)).toBe(true)
      if (paidOf(scene) > 0) counted(tally, office, scene)
    }
    // SQL is the second to refuse: whoever works hears it in the words of the step.
    expect([...leftToSql]).toEqual([])
    expect(drawnWrongly(office)).toEqual([])
  }
  const seldom = Object.entries(LEAST).filter(([way, least]) => (tally.get(way) ?? 0) < least)
  expect(seldom.map(([way]) => [way, tally.get(way)])).toEqual([])
}, 120_000)
