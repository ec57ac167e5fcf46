/** Ctrl+K: certificates by part of their number or by principal, in every book. */
import { client } from '../../client.ts'
import { CERTIFICATE_STATUS_WORD, depositText } from '../../messages/deposit.ts'
import type { Finder } from '../../frame/finders.ts'
import { yuanText } from '../../parts/money.tsx'

const FOUND = 6

export const findCertificates: Finder = async (text) => {
  const certificates = await client.deposit.list.query({ text, inForceOnly: false, limit: FOUND })
  return certificates.map(({ id, certificateNo, complexName, principalFen, status }) => ({
    key: `certificate-${id}`,
    icon: 'deposits' as const,
    title: certificateNo,
    note: depositText.finder(complexName, yuanText(principalFen), CERTIFICATE_STATUS_WORD[status]),
    target: { screen: 'deposits' as const, path: [id] },
  }))
}
