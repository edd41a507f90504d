import { demoAccount } from '#server/demo/account'
import { seed } from '#server/demo/seed'
import { withMigratedDatabase } from './support/migrated-database.ts'

await withMigratedDatabase(async (db, { bcryptCost }) => {
  await seed(db, bcryptCost)
  console.log(`Added the demo data: sign in as ${demoAccount.email} with the password ${demoAccount.password}`)
})
