import { expect, it } from 'vitest'
import { migrate } from '#db/migrate'
import { resources } from '#server/contracts/index'
import { createDatabase } from '../support/databases.ts'
import { startServer, testEnvironment } from '../support/server.ts'
import { takeTour } from '../support/tour.ts'

/** The endpoints that answer in JSON. */
const inJson = resources.flatMap(({ endpoints }) => Object.entries(endpoints))
  .filter(([, { response }]) => response)
  .map(([name]) => name)
  .sort()

it('shows what the server really answers; run with --update to record it anew', async () => {
  const database = await createDatabase()
  await migrate(database.url, 'migrations')
  const server = await startServer({
    ...testEnvironment,
    DATABASE_URL: database.url,
    NUXT_DATABASE_POOL_SIZE: '1',
    NUXT_PUBLIC_BASE_URL: 'http://127.0.0.1:3000',
  })
  try {
    const examples = await takeTour(server.url)
    expect(Object.keys(examples).sort()).toEqual(inJson)
    await expect(`${JSON.stringify(examples, undefined, 2)}\n`).toMatchFileSnapshot('../../server/openapi/examples.json')
  }
  finally {
    await server.stop()
    await database.drop()
  }
})
