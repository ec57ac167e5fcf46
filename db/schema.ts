/** The typed schema, one file per migration's topic. Tables are made by db/migrations; nothing here creates them. */
export * from './schema/office.ts'
export * from './schema/property.ts'
export * from './schema/voucher.ts'
export * from './schema/statement.ts'
export * from './schema/deposit.ts'
export * from './schema/repair.ts'
export * from './schema/public-income.ts'
