/** A recorded draw, and what section and supervisor saw on site: what those events of a repair must stand on (0006). */
import type { Ledger } from '#db/ledger.ts'
import { addPaper, insert, NOW, PEOPLE, sha256 } from './sample-ledger.ts'

/** The number of a job that no ledger here holds: drawn where the job itself is spared. */
const ANOTHER = 999_999

/** A draw of two jobs of contractor 1 out of which one is drawn: `repair`, or the other. */
export function addDraw(ledger: Ledger, repair: number, isDrawn: boolean): number {
  const serial = Number(ledger.sqlite.prepare('SELECT count(*) FROM repair_draw').pluck().get())
  const pool = [repair, ANOTHER].map((repairId) => ({ repairId, number: `R${repairId}`, contractorId: 1, percent: 50_000_000 }))
  return insert(ledger, 'repair_draw', {
    seed: `0123456789abcdef-${serial}`, pool: JSON.stringify(pool), drawn: JSON.stringify([isDrawn ? repair : ANOTHER]),
    actor_id: PEOPLE.reviewer, at: NOW,
  })
}

/** A photo of each party in the job's current round. */
function addPhotos(ledger: Ledger, repair: number): readonly string[] {
  const round = ledger.sqlite.prepare('SELECT round FROM repair_round WHERE repair_id = ?').pluck().get(repair)
  return ['科室.jpg', '监理.jpg'].map((name) => {
    if (ledger.sqlite.prepare('SELECT 1 FROM attachment WHERE sha256 = ?').get(sha256(name)) === undefined) addPaper(ledger, name)
    const there = ledger.sqlite
      .prepare("SELECT 1 FROM repair_paper WHERE repair_id = ? AND kind = 'photo' AND round = ? AND sha256 = ?")
      .get(repair, round, sha256(name))
    if (there === undefined && typeof round === 'number') {
      const photo = { repair_id: repair, kind: 'photo', round, sha256: sha256(name), added_by: PEOPLE.preparer, at: NOW }
      insert(ledger, 'repair_paper', photo)
    }
    return sha256(name)
  })
}

/** What each party saw on the sample's day, each with a photo filed then. */
export function visitsOn(ledger: Ledger, repair: number): readonly [object, object] {
  const [first, second] = addPhotos(ledger, repair)
  const seen = { on: NOW.slice(0, 10), time: '09:30', place: '屋面', finding: '属实' }
  return [
    { party: 'section', person: '科室甲', ...seen, photos: [first] },
    { party: 'supervisor', person: '监理甲', ...seen, photos: [second] },
  ]
}

/** What a draw or a visit on site says, with what it stands on written first; nothing for other events. */
export function siteDetail(ledger: Ledger, repair: number, kind: string, step: string): object {
  if (kind === 'drawn') {
    const isDrawn = step === 'spotCheck'
    return { drawId: addDraw(ledger, repair, isDrawn), isDrawn }
  }
  if (kind !== 'siteReviewed' && kind !== 'spotChecked') return {}
  return { on: NOW.slice(0, 10), visits: visitsOn(ledger, repair) }
}
