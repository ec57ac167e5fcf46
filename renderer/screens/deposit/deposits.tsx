/** The deposit screen's places: what is due, the register, the ladder, placing, one certificate, settling it. */
import { idOf } from '#core/id.ts'
import type { ScreenProps } from '../index.ts'
import { CertificatePlace } from './certificate-place.tsx'
import { DueList } from './due-list.tsx'
import { Ladder } from './ladder.tsx'
import { NewCertificate } from './new-certificate.tsx'
import { Register } from './register.tsx'
import { SettlePlace } from './settle-place.tsx'
import './deposit.css'

export function Deposits({ path: [first, second], query }: ScreenProps) {
  if (first === 'register') return <Register query={query} />
  if (first === 'ladder') return <Ladder />
  if (first === 'new') return <NewCertificate />
  if (first === undefined || !/^[1-9]\d{0,14}$/.test(first)) return <DueList />
  const id = idOf<'certificate'>(Number(first))
  return second === 'settle' ? <SettlePlace key={id} id={id} /> : <CertificatePlace key={id} id={id} />
}
