/** Row numbers of the ledger file, branded so that a complex's id is never handed in where a book's is meant. */
declare const idBrand: unique symbol
export type Id<Of extends string> = number & { readonly [idBrand]: Of }

export type UserId = Id<'user'>
export type BookId = Id<'book'>
export type AccountId = Id<'account'>
export type ComplexId = Id<'complex'>
export type BuildingId = Id<'building'>
export type HouseholdId = Id<'household'>
export type OwnerId = Id<'owner'>
export type CounterpartyId = Id<'counterparty'>
export type BankAccountId = Id<'bankAccount'>
export type DecisionId = Id<'decision'>
export type DraftId = Id<'draft'>
export type VoucherId = Id<'voucher'>
export type FundTransferId = Id<'fundTransfer'>
export type StatementBatchId = Id<'statementBatch'>
export type StatementLineId = Id<'statementLine'>
export type ReconciliationMatchId = Id<'reconciliationMatch'>
export type ReconciliationId = Id<'reconciliation'>
export type CertificateId = Id<'certificate'>
export type PlacementPlanId = Id<'placementPlan'>
export type PlacingBatchId = Id<'placingBatch'>
export type PlacingLotId = Id<'placingLot'>
export type PlacingBidId = Id<'placingBid'>
export type PlacingAwardId = Id<'placingAward'>
export type CompletionId = Id<'completion'>
export type WarrantyTermId = Id<'warrantyTerm'>
export type RepairId = Id<'repair'>
export type TenderId = Id<'tender'>
export type TenderQuoteId = Id<'tenderQuote'>
export type TenderAwardId = Id<'tenderAward'>
export type ContractorScoreId = Id<'contractorScore'>
export type VoteId = Id<'vote'>
export type UseAuthorisationId = Id<'useAuthorisation'>
export type ContractId = Id<'contract'>
export type UtilityBillId = Id<'utilityBill'>
export type ApportionmentId = Id<'apportionment'>
export type SelfFundingClaimId = Id<'selfFundingClaim'>
export type DisclosureId = Id<'disclosure'>
export type DisclosureRequestId = Id<'disclosureRequest'>
export type FindingId = Id<'finding'>
export type FindingRunId = Id<'findingRun'>
export type PostingUpId = Id<'postingUp'>

/** Brands a row number that came from SQL or passed the API's schema. */
export function idOf<Of extends string>(value: number | bigint): Id<Of> {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number <= 0) throw new Error(`not a row number: ${value}`)
  return number as Id<Of>
}
