import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { answerFinding, closeFinding } from '#services/finding/finding.ts'
import { recordSelfCheck } from '#services/finding/finding-run.ts'
import { findNow } from '#services/finding/self-check.ts'
import { postWithoutPaper } from '../../services/finding/finding-office.ts'
import { makeOffice } from '../../services/office.ts'
import { run } from './run-command.ts'

it('findings lists what stood in a period with its close-out, and an earlier run as it stood, on paper too', async () => {
  const office = makeOffice({ today: '2025-10-09' })
  postWithoutPaper(office, office.publicIncome, '2025-09-10')
  const scope = { from: null, to: parseDate('2025-10-09'), complexId: null, bookId: null }
  const { runId, ids: [id] } = recordSelfCheck(office.head, scope, findNow(office.ledger, scope.to, scope))
  if (id === undefined) throw new Error('nothing was found')
  answerFinding(office.preparer, id, '凭据在装订本内')
  closeFinding(office.reviewer, id, '已核对原件')
  const { path: file } = office.ledger
  const listed = await run('findings', file, '--from', '2025-10-01', '--json')
  expect(JSON.parse(listed.stdout)).toMatchObject({
    findings: [{ state: 'closed', amount: '1.00', closing: '已核对原件（李审核，2025-10-09）' }],
  })
  expect((await run('findings', file, '--to', '2025-10-08')).stdout).toBe('这段时间没有疑点\n')
  const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-findings-')), 'run.pdf')
  const then = await run('findings', file, '--run', String(runId), '--pdf', out, '--json')
  expect(JSON.parse(then.stdout)).toMatchObject({ findings: [{ state: 'open', answer: '', closing: '' }] })
  expect(fs.readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await run('findings', file, '--run', '99')).stderr).toContain('没有这一次自查')
  expect((await run('findings', file, '--from', '2025-10-02', '--to', '2025-10-01')).status).toBe(2)
})
