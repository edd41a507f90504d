import { withMigratedDatabase } from './migrated-database.ts'

await withMigratedDatabase(async () => console.log('The database has all migrations.'))
