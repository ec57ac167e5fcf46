/** The steps of a job in a clerk's words, for the opinion sheet that lies in its folder. */
import { formatYuan } from '#core/money.ts'
import {
  FOLLOW_UP_WORD, REPAIR_STEP_WORD, REPEAT_CONCLUSION_WORD, SEND_BACK_WORD, type RepairEventBody,
} from '#core/repair/repair.ts'
import { visitText } from '#core/repair/site-visit.ts'
import type { OpinionLine } from '#reports/repair-papers.ts'
import { EMERGENCY_APPLICANT_WORD } from '#core/authority/use-authority.ts'
import { REPAIR_ACTION_WORD } from '#core/repair/repair-actions.ts'
import type { RecordedEvent } from '#services/repair/repair-event.ts'

type Said = { readonly step: string; readonly text: string }

function moneyText(label: string, amount: Parameters<typeof formatYuan>[0]): string {
  return `${label} ${formatYuan(amount)} 元`
}

type RepeatAnswered = Extract<RepairEventBody, { kind: 'repeatAnswered' }>

function repeatAnswerText(answer: RepeatAnswered): string {
  const { conclusion, finding, contractorPerson, supervisorPerson, sectionPerson } = answer
  const present = `到场：施工单位 ${contractorPerson}、监理 ${supervisorPerson}、科室 ${sectionPerson}`
  return `${REPEAT_CONCLUSION_WORD[conclusion]}；${finding}；${present}`
}

function beforeWork(event: RepairEventBody): Said | null {
  switch (event.kind) {
    case 'reported':
      return { step: '报修登记', text: '登记受理' }
    case 'windowChecked':
      return {
        step: REPAIR_STEP_WORD.windowCheck,
        text: event.hits.length === 0 ? '初审通过' : `初审通过，同一部位有 ${event.hits.length} 项在先维修`,
      }
    case 'repeatAnswered':
      return { step: REPAIR_STEP_WORD.repeatAnswer, text: repeatAnswerText(event) }
    case 'engineeringChecked':
      return {
        step: REPAIR_STEP_WORD.engineeringCheck,
        text: `${moneyText('核定', event.approvedFen)}${event.concealedWork ? '，有隐蔽工程，须办签证' : ''}`,
      }
    case 'emergencyApplied':
      return {
        step: REPAIR_ACTION_WORD.applyEmergency,
        text: `${event.appliedOn} ${EMERGENCY_APPLICANT_WORD[event.applicant]}申请：${event.item}，${event.report}`,
      }
    case 'authorised':
      return { step: REPAIR_STEP_WORD.authority, text: `${event.basis}；范围：${event.scope}` }
    case 'contracted':
      return { step: REPAIR_STEP_WORD.contract, text: `${event.contract.number}，${moneyText('合同价', event.contract.amountFen)}` }
    case 'contractorChanged':
      return { step: REPAIR_ACTION_WORD.changeContractor, text: `${event.from} 改为 ${event.to}：${event.reason}` }
    case 'supervisorChanged':
      return { step: REPAIR_ACTION_WORD.changeSupervisor, text: `${event.from} 改为 ${event.to}：${event.reason}` }
    case 'drawn':
      return { step: REPAIR_STEP_WORD.spotDraw, text: event.isDrawn ? `第 ${event.drawId} 次抽取，抽中` : `第 ${event.drawId} 次抽取，未抽中` }
    case 'spotChecked':
      return { step: REPAIR_STEP_WORD.spotCheck, text: event.visits.map(visitText).join('；') }
    case 'siteReviewed':
      return { step: REPAIR_STEP_WORD.siteReview, text: event.visits.map(visitText).join('；') }
    default:
      return null
  }
}

function afterWork(event: RepairEventBody): Said | null {
  switch (event.kind) {
    case 'accepted':
      return { step: REPAIR_STEP_WORD.acceptance, text: `${event.on} 验收通过，到场科室人员：${event.sectionStaff.join('、')}` }
    case 'settled':
      return {
        step: REPAIR_STEP_WORD.settlement,
        text: `${moneyText('决算', event.settledFen)}${event.auditedBy === '' ? '' : `，审计：${event.auditedBy}`}`,
      }
    case 'published':
      return { step: REPAIR_STEP_WORD.publication, text: `${event.from} 至 ${event.to}，${event.place}` }
    case 'paymentInstructed':
      return { step: REPAIR_STEP_WORD.payment, text: moneyText('通知付款', event.amountFen) }
    case 'instructionWithdrawn':
      return { step: '撤回付款通知', text: event.reason }
    case 'voucherPrepared':
      return { step: REPAIR_STEP_WORD.voucher, text: '重新制作付款凭证' }
    case 'paid':
      return { step: REPAIR_STEP_WORD.voucher, text: moneyText('付款记账，累计已付', event.paidFen) }
    case 'paymentCorrected':
      return { step: '付款更正', text: moneyText('更正后累计已付', event.paidFen) }
    case 'followedUp':
      return { step: REPAIR_STEP_WORD.followUp, text: `${FOLLOW_UP_WORD[event.result]}（${event.person}）${event.said}` }
    default:
      return null
  }
}

function said(event: RepairEventBody): Said {
  switch (event.kind) {
    case 'sentBack':
      return { step: `退回${SEND_BACK_WORD[event.to]}`, text: event.reason }
    case 'refused':
      return { step: '退件', text: event.reason }
    case 'cancelled':
      return { step: '撤销', text: event.reason }
    default:
      return beforeWork(event) ?? afterWork(event) ?? { step: event.kind, text: '' }
  }
}

export function opinionLine({ event, actorName, on }: RecordedEvent): OpinionLine {
  return { ...said(event), person: actorName, on }
}
