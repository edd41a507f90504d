import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { defineNuxtModule } from 'nuxt/kit'
import { connectForMaintenance } from '#db/client'
import { openEmbeddedDatabaseInThread } from '#db/embedded-thread'
import { assertMigrated, migrate } from '#db/migrate'
import { findAccount, hasUsers } from '#db/repositories/users'
import { demoAccount } from '#server/demo/account'
import { seed } from '#server/demo/seed'
import { embeddedDirectory, readConfig } from '#server/runtime/config'
import { startupMessageOf } from '#server/runtime/startup-error'

interface DevelopmentDatabase {
  /** The connection string of the embedded database; undefined for the one that DATABASE_URL names. */
  embeddedUrl?: string
  hasDemoAccount: boolean
  close: () => Promise<void>
}

/**
 * The database of `npm run dev`. The embedded one belongs to the Nuxt process, which outlives the workers that the
 * server is reloaded into: two workers must not open the same data.
 */
export default defineNuxtModule({
  meta: { name: 'dev-database' },
  setup(_options, nuxt) {
    if (!nuxt.options.dev) return
    // Opens in parallel with Nuxt's own startup.
    const opening = openDevelopmentDatabase(join(nuxt.options.rootDir, 'migrations')).catch((error: unknown) => {
      console.error(`\n${startupMessageOf(error)}\n`)
      process.exit(1)
    })
    nuxt.hook('nitro:build:before', async (nitro) => {
      const database = await opening
      nitro.options.runtimeConfig.developmentDatabaseUrl = database.embeddedUrl
      nitro.hooks.hookOnce('dev:reload', () => console.log(welcome(address, requestedPort, database)))
    })
    nuxt.hook('close', async () => (await opening).close())

    let address = ''
    nuxt.hook('listen', (_server, listener: { url?: string }) => {
      address = listener.url?.replace(/\/$/, '') ?? ''
    })
    const requestedPort = readRequestedPort() ?? nuxt.options.devServer.port
  },
})

async function openDevelopmentDatabase(migrations: string): Promise<DevelopmentDatabase> {
  const config = readConfig(process.env, { dev: true })
  if (config.databaseUrl) {
    const db = connectForMaintenance(config.databaseUrl)
    await assertMigrated(db, migrations).finally(() => db.$client.end())
    return { hasDemoAccount: false, close: async () => {} }
  }
  const { url, close } = await openEmbeddedDatabaseInThread({ directory: embeddedDirectory(config) })
  await migrate(url, migrations)
  const db = connectForMaintenance(url)
  if (!await hasUsers(db)) await seed(db, config.bcryptCost)
  const hasDemoAccount = await findAccount(db, demoAccount.email) !== undefined
  await db.$client.end()
  return { embeddedUrl: url, hasDemoAccount, close }
}

/** The port that the command line or the environment asks Nuxt for; undefined if neither does. */
function readRequestedPort(): number | undefined {
  const { values: { port } } = parseArgs({ options: { port: { type: 'string', short: 'p' } }, strict: false })
  const { NUXT_PORT, NITRO_PORT, PORT } = process.env
  return Number(port || NUXT_PORT || NITRO_PORT || PORT) || undefined
}

/** What a developer has to know first. If the requested port is taken, Nuxt uses another one. */
function welcome(address: string, requestedPort: number, { hasDemoAccount }: DevelopmentDatabase): string {
  const port = URL.parse(address)?.port
  const credentials = JSON.stringify(demoAccount)
  const login = `curl -i ${address}/api/auth/login -H 'Content-Type: application/json' -d '${credentials}'`
  const lines = [
    ...port && Number(port) !== requestedPort ? [`Port ${requestedPort} is taken. This server uses ${port}.`] : [],
    `Neptun API: ${address}`,
    `Reference: ${address}/docs`,
    ...hasDemoAccount ? [`Demo account: ${demoAccount.email}, password: ${demoAccount.password}`] : [],
    `Try: ${hasDemoAccount ? login : `curl -i ${address}/models`}`,
  ]
  return `\n${lines.map(line => `  ${line}\n`).join('')}`
}
