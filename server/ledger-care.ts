/** Verify and backup as jobs of the page: step by step, with progress, and a cancel that works between two steps. */
import type { ServiceContext } from '#services/context.ts'
import { backUp, backupPath, recordBackup } from '#services/backup.ts'
import { verifyLedger, type VerifyProgress, type VerifyReport } from '#services/verify.ts'
import type { JobResult, JobSteps } from './jobs.ts'

/** Runs a service's steps to their end; when the job is cancelled the steps get to clean up after themselves. */
async function walk<Report>(steps: Generator<VerifyProgress, Report>, { breathe }: JobSteps): Promise<Report> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    try {
      await breathe(step.value)
    } catch (cancelled) {
      // Thrown at the generator's own `yield`, so that its `finally` removes what it left half-way.
      steps.throw(cancelled)
    }
  }
}

function countedText({ counted }: VerifyReport): string {
  return `凭证 ${counted.vouchers} 张、日志 ${counted.operations} 条、附件 ${counted.attachments} 个、公示 ${counted.notices} 份`
}

export async function verifyJob({ ledger }: ServiceContext, steps: JobSteps): Promise<JobResult> {
  const report = await walk(verifyLedger(ledger), steps)
  const { damages } = report
  return {
    summary: damages.length === 0
      ? `账簿完好：${countedText(report)}，逐一核对无误。`
      : `发现 ${damages.length} 处问题：请停止记账，保留现在的文件，从最近的备份核对。`,
    documents: [],
    rows: damages.map(({ code, message }) => ({ label: message, state: 'failed' as const, note: code })),
    reference: null,
  }
}

const BYTES_PER_MEGABYTE = 1024 * 1024

export async function backupJob(context: ServiceContext, folder: string, steps: JobSteps): Promise<JobResult> {
  const report = await walk(backUp(context.ledger, backupPath(context, folder)), steps)
  recordBackup(context, report)
  const size = `${(report.bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`
  return {
    summary: `备份已完成并通过校验：${report.path}（${size}）。`,
    documents: [],
    rows: [{ label: report.path, state: 'done', note: countedText(report) }],
    reference: null,
  }
}
