import type { Answers } from '../../records.ts'

export type ListedHousehold = Answers['household']['list'][number]
export type HouseholdCard = Answers['household']['card']
export type BuildingPicture = Answers['household']['picture']
export type RegisterPreview = Answers['household']['readFile']
export type HouseholdAccount = Answers['householdMoney']['account']
export type HouseholdDue = Answers['householdMoney']['due']
export type ReceiptRange = Answers['householdMoney']['receiptRanges'][number]
export type ListedReceipt = Answers['householdMoney']['receipts'][number]
export type ProposedContribution = Answers['householdMoney']['proposeFromBank'][number]
