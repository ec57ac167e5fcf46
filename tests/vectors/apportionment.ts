import { z } from 'zod'

import { apportionByArea, apportionPublicHousing, drawFromSubAccount } from '#core/household/apportionment.ts'
import { plainYuan } from '#core/money.ts'
import { areaDm2, asYuan, compare, sumOf, yuan, type Vector } from './vector.ts'

const areaSchema = z.object({ total: yuan, areas_m2: z.array(areaDm2) })
const unsoldSchema = z.object({ developer_units: z.array(z.number().int()).optional() })
const publicHousingSchema = z.object({
  total: yuan,
  seller_deposit: yuan,
  owners_deposit: yuan,
  owner_areas_m2: z.array(areaDm2),
})

function checkByArea(vector: Vector): void {
  const { total, areas_m2: areas } = areaSchema.parse(vector.input)
  const shares = apportionByArea(total, areas)
  // Which units are unsold is stated with the answer; what they bear is then a sum of shares.
  const developerUnits = unsoldSchema.parse(vector.expected).developer_units ?? []
  compare(vector.expected, {
    largest_remainder: asYuan(shares),
    round_half_up_last_absorbs: asYuan(apportionByArea(total, areas, 'last_absorbs')),
    sum: sumOf(shares),
    developer_units: developerUnits,
    developer_total: sumOf(shares.filter((_, index) => developerUnits.includes(index))),
  })
}

function checkPublicHousing(vector: Vector): void {
  const input = publicHousingSchema.parse(vector.input)
  const deposited = { seller: input.seller_deposit, owners: input.owners_deposit }
  const split = apportionPublicHousing(input.total, deposited, input.owner_areas_m2)
  compare(vector.expected, {
    seller_share: plainYuan(split.seller),
    owners_share: plainYuan(split.owners),
    owner_shares: asYuan(split.ownerShares),
  })
}

function checkShortfall(vector: Vector): void {
  const { share, balance } = z.object({ share: yuan, balance: yuan }).parse(vector.input)
  const drawn = drawFromSubAccount(share, balance)
  compare(vector.expected, {
    paid_from_account: plainYuan(drawn.paid),
    receivable_from_owner: plainYuan(drawn.receivable),
    renewal_flag: drawn.topUpDue,
  })
}

export function check(vector: Vector): void {
  if ('areas_m2' in vector.input) checkByArea(vector)
  else if ('seller_deposit' in vector.input) checkPublicHousing(vector)
  else checkShortfall(vector)
}
