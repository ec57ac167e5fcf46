/** The deposit screen's places: what is due, the register, the ladder, placing, one certificate, settling it. */
import { idOf } from '#core/id.ts'
import type { ScreenProps } from '../index.ts'
import { Accounts } from './accounts.tsx'
import { CertificatePlace } from './certificate-place.tsx'
import { Differences } from './differences.tsx'
import { DrawPlace } from './draw-place.tsx'
import { DueList } from './due-list.tsx'
import { EarlyPlace } from './early-place.tsx'
import { ImportPlace } from './import-place.tsx'
import { Ladder } from './ladder.tsx'
import { Loss } from './loss.tsx'
import { NewCertificate } from './new-certificate.tsx'
import { PlacingForm } from './placing-form.tsx'
import { PlacingList } from './placing-list.tsx'
import { PlacingPlace } from './placing-place.tsx'
import { PlanPlace } from './plan-place.tsx'
import { Register } from './register.tsx'
import { RegroupPlace } from './regroup-place.tsx'
import { SettlePlace } from './settle-place.tsx'
import './deposit.css'
import './certificate.css'
import './due.css'
import './placing.css'

export function Deposits({ path: [first, second], query }: ScreenProps) {
  if (first === 'register') return <Register query={query} />
  if (first === 'ladder') return <Ladder />
  if (first === 'loss') return <Loss query={query} />
  if (first === 'import') return <ImportPlace />
  if (first === 'new') return <NewCertificate />
  if (first === 'differences') return <Differences query={query} />
  if (first === 'accounts') return <Accounts />
  if (first === 'plan') return <PlanPlace />
  if (first === 'placing') return <CompetitivePlacing second={second} />
  if (first === undefined || !/^[1-9]\d{0,14}$/.test(first)) return <DueList query={query} />
  const id = idOf<'certificate'>(Number(first))
  if (second === 'settle') return <SettlePlace key={id} id={id} />
  if (second === 'regroup') return <RegroupPlace key={id} id={id} />
  if (second === 'early') return <EarlyPlace key={id} id={id} />
  if (second === 'draw') return <DrawPlace key={id} id={id} />
  return <CertificatePlace key={id} id={id} />
}

function CompetitivePlacing({ second }: { readonly second: string | undefined }) {
  if (second === 'new') return <PlacingForm />
  if (second === undefined || !/^[1-9]\d{0,14}$/.test(second)) return <PlacingList />
  return <PlacingPlace key={second} id={idOf<'placingBatch'>(Number(second))} />
}
