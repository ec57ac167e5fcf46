/**
 * An emergency asked for directly, by the committee or whoever the local rule names (民法典 art. 281(2); 165号令 art. 24). The
 * application is written as it arrives, before anything is decided, so that the days left to decide it are seen to run.
 */
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { emergencyProblem, type EmergencyApplication } from '#core/authority/use-authority.ts'
import { findAttachment } from '../attachment.ts'
import type { ServiceContext } from '../context.ts'
import { appendRepairEvent, jobFor } from './repair.ts'

/** Throws the first of `emergencyProblem`, `attachment.missing`, `policy.toFill`, `repair.path`, `repair.blocked`. */
export function applyForEmergency(context: ServiceContext, id: RepairId, application: EmergencyApplication): void {
  const { ledger, clock } = context
  ledger.write(() => {
    const job = jobFor(context, id, 'applyEmergency')
    const lists = { cases: job.policy.require('emergency.cases'), applicants: job.policy.require('emergency.applicants') }
    const wrong = emergencyProblem(application, lists, { reportedOn: job.repair.reportedOn, today: clock.today() })
    if (wrong !== null) throw new Problem(wrong)
    const files = [...new Set(application.files)]
    if (files.some((sha256) => findAttachment(ledger, sha256) === undefined)) {
      throw new Problem({ code: 'attachment.missing', message: '请先上传应急使用的申请和证明材料', field: 'files' })
    }
    appendRepairEvent(context, job, { kind: 'emergencyApplied', ...application, report: application.report.trim(), files })
  })
}
