import { copyRows } from '#db/copy-rows'
import { runCommand, withMigratedEmbedded, withMigratedServer } from './support/migrated-database.ts'

/** Copies the embedded database to the PostgreSQL server that DATABASE_URL names. */
await runCommand(async (config) => {
  const { directDatabaseUrl: databaseUrl, dataDir } = config
  if (!databaseUrl) throw new Error('DATABASE_URL must name the database to copy to.')
  await withMigratedEmbedded(config, source => withMigratedServer(databaseUrl, async (target) => {
    const counts = await copyRows(source, target)
    for (const [table, rows] of counts) console.log(`${table.padEnd(20)} ${rows} rows`)
    console.log(`Copied. The embedded database in ${dataDir} is unchanged. So that links to files stay valid, start `
      + `the server with NUXT_SIGNING_SECRET set to the content of ${dataDir}/signing-secret.`)
  }))
})
