/** What can be printed: a kind and its finished model. Models are plain data, so a job crosses to the worker as it is. */
import { reconciliationPaper, type ReconciliationModel } from './bank-reconciliation.ts'
import { inventoryPaper, type InventoryModel } from './certificate-inventory.ts'
import { dueListPaper, type DueListModel } from './due-list.ts'
import { bindingCoverPaper, type BindingCoverModel } from './binding-cover.ts'
import { ledgerBookPaper, type LedgerBookModel } from './ledger-book.ts'
import { buildingPicturePaper, type BuildingPictureModel } from './building-picture.ts'
import { householdLettersPaper, type HouseholdLettersModel } from './household-letter.ts'
import { householdStatementsPaper, type HouseholdStatementsModel } from './household-statement.ts'
import type { NoticeModel } from './notice-model.ts'
import { noticePaper } from './notice.ts'
import type { Paper } from './paper.ts'
import { repairSheetPaper, type RepairSheet } from './repair-sheet.ts'
import { tableDocumentPaper, type TableDocument } from './table-document.ts'
import { placingPaper, type PlacingModel } from './placing.ts'
import { trialBalancePaper, type TrialBalanceModel } from './trial-balance.ts'
import { voucherPaper, type VoucherPaperModel } from './voucher.ts'

export type RenderJob =
  | { readonly kind: 'buildingPicture'; readonly model: BuildingPictureModel }
  | { readonly kind: 'bankReconciliation'; readonly model: ReconciliationModel }
  | { readonly kind: 'certificateInventory'; readonly model: InventoryModel }
  | { readonly kind: 'dueList'; readonly model: DueListModel }
  | { readonly kind: 'householdLetters'; readonly model: HouseholdLettersModel }
  | { readonly kind: 'householdStatements'; readonly model: HouseholdStatementsModel }
  | { readonly kind: 'notice'; readonly model: NoticeModel }
  | { readonly kind: 'placing'; readonly model: PlacingModel }
  | { readonly kind: 'repairSheet'; readonly model: RepairSheet }
  | { readonly kind: 'trialBalance'; readonly model: TrialBalanceModel }
  | { readonly kind: 'voucher'; readonly model: VoucherPaperModel }
  | { readonly kind: 'table'; readonly model: TableDocument }
  | { readonly kind: 'ledgerBook'; readonly model: LedgerBookModel }
  | { readonly kind: 'bindingCover'; readonly model: BindingCoverModel }

export function paperOf(job: RenderJob): Paper {
  switch (job.kind) {
    case 'buildingPicture':
      return buildingPicturePaper(job.model)
    case 'bankReconciliation':
      return reconciliationPaper(job.model)
    case 'certificateInventory':
      return inventoryPaper(job.model)
    case 'dueList':
      return dueListPaper(job.model)
    case 'householdLetters':
      return householdLettersPaper(job.model)
    case 'householdStatements':
      return householdStatementsPaper(job.model)
    case 'notice':
      return noticePaper(job.model)
    case 'placing':
      return placingPaper(job.model)
    case 'repairSheet':
      return repairSheetPaper(job.model)
    case 'trialBalance':
      return trialBalancePaper(job.model)
    case 'voucher':
      return voucherPaper(job.model)
    case 'table':
      return tableDocumentPaper(job.model)
    case 'ledgerBook':
      return ledgerBookPaper(job.model)
    case 'bindingCover':
      return bindingCoverPaper(job.model)
  }
}
