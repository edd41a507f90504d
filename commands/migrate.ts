import { withMigratedDatabase } from './support/migrated-database.ts'

await withMigratedDatabase(async () => console.log('The database has all migrations.'))
