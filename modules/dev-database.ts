import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'
import { connectForMaintenance } from '#db/client'
import { openEmbeddedInThread } from '#db/embedded-thread'
import { reasonOf } from '#db/errors'
import { assertMigrated, migrate } from '#db/migrate'
import { findAccount, hasUsers } from '#db/repositories/users'
import { embeddedFolder, readConfig } from '#server/config'
import { demoAccount, seed } from '#server/demo/seed'

interface DevDatabase {
  hasDemoAccount: boolean
  close: () => Promise<void>
}

/**
 * The database of `npm run dev`. An embedded one belongs to this process, which outlives the workers that the server
 * is reloaded into: two of them would open the same data twice.
 */
export default defineNuxtModule({
  meta: { name: 'dev-database' },
  setup(_options, nuxt) {
    if (!nuxt.options.dev) return
    // Opens while Nuxt gets ready; the server is built and started once it is open.
    const opening = openDevDatabase(join(nuxt.options.rootDir, 'migrations')).catch((error: unknown) => {
      console.error(`\n${reasonOf(error)}\n`)
      process.exit(1)
    })
    nuxt.hook('nitro:build:before', async (nitro) => {
      const database = await opening
      nitro.hooks.hookOnce('dev:reload', () => console.log(welcome(address, database)))
    })
    nuxt.hook('close', async () => (await opening).close())

    let address = ''
    nuxt.hook('listen', (_server, listener: { url?: string }) => {
      address = listener.url?.replace(/\/$/, '') ?? ''
    })
  },
})

async function openDevDatabase(migrations: string): Promise<DevDatabase> {
  const config = readConfig(process.env, { dev: true })
  if (config.databaseUrl) {
    const db = connectForMaintenance(config.databaseUrl)
    await assertMigrated(db, migrations).finally(() => db.$client.end())
    return { hasDemoAccount: false, close: async () => {} }
  }
  const embedded = await openEmbeddedInThread({ folder: embeddedFolder(config) })
  await migrate(embedded.url, migrations)
  const db = connectForMaintenance(embedded.url)
  if (!await hasUsers(db)) await seed(db, config.bcryptCost)
  const hasDemoAccount = await findAccount(db, demoAccount.email) !== undefined
  await db.$client.end()
  // What the workers, which have an environment of their own, will see.
  Object.assign(process.env, { DATABASE_URL: embedded.url, NUXT_DATABASE_POOL_SIZE: '1' })
  return {
    hasDemoAccount,
    async close() {
      delete process.env.DATABASE_URL
      delete process.env.NUXT_DATABASE_POOL_SIZE
      await embedded.close()
    },
  }
}

function welcome(address: string, { hasDemoAccount }: DevDatabase): string {
  const credentials = JSON.stringify(demoAccount)
  return hasDemoAccount
    ? `
  Neptun is at ${address}
  Its reference: ${address}/docs
  Demo account: ${demoAccount.email}, password: ${demoAccount.password}
  Try: curl -i ${address}/api/auth/login -H 'Content-Type: application/json' -d '${credentials}'
`
    : `
  Neptun is at ${address}
  Its reference: ${address}/docs
  Try: curl -i ${address}/models
`
}
