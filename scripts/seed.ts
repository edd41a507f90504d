import { demoAccount, seed } from '#server/demo/seed'
import { withMigratedDatabase } from './database.ts'

await withMigratedDatabase(async (db) => {
  await seed(db)
  console.log(`Added the demo data: sign in as ${demoAccount.email} with the password ${demoAccount.password}.`)
})
