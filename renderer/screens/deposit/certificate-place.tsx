/** One certificate on a page of its own: for links, and for reading the whole chain. */
import { useQuery } from '@tanstack/react-query'
import type { CertificateId } from '#core/id.ts'
import { api } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { Page } from '../../parts/page.tsx'
import { CertificatePane } from './certificate-pane.tsx'

export function CertificatePlace({ id }: { readonly id: CertificateId }) {
  const { data } = useQuery(api.deposit.get.queryOptions({ id }))
  return (
    <Page
      title={data === undefined ? depositText.pane : data.certificate.certificateNo}
      {...(data !== undefined && { hint: data.certificate.complexName })}
    >
      <CertificatePane id={id} />
    </Page>
  )
}
