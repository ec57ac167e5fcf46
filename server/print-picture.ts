/** The pictures of buildings, one PDF each. */
import type { BuildingId } from '#core/id.ts'
import type { ServiceContext } from '#services/context.ts'
import type { BuildingPictureModel } from '#reports/building-picture.ts'
import { buildingPicture } from '#services/register/household-list.ts'
import { officeName } from '#services/office.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

function pictureModel({ ledger, clock, actor }: ServiceContext, buildingId: BuildingId): BuildingPictureModel {
  const { complex, building, entrances, totals } = buildingPicture(ledger, buildingId, clock.today())
  return {
    office: officeName(ledger) ?? '', complex, building, entrances, totals, asOf: clock.today(), printedBy: actor.name,
  }
}

export async function printPictureJob(
  context: PrintContext, buildingIds: readonly BuildingId[], steps: JobSteps,
): Promise<JobResult> {
  const documents: JobResult['documents'][number][] = []
  for (const [index, buildingId] of buildingIds.entries()) {
    const model = pictureModel(context, buildingId)
    await steps.breathe({ done: index, total: buildingIds.length, label: `${model.complex} ${model.building}` })
    const bytes = await context.renderPool.renderPdf({ kind: 'buildingPicture', model }, { signal: steps.signal })
    const name = `楼盘图 ${model.complex} ${model.building}.pdf`
    const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
    documents.push({ id: token, name })
  }
  return { summary: `已生成 ${documents.length} 幢的楼盘图。`, documents, rows: [], reference: null }
}
