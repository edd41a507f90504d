import { describe, expect, it } from 'vitest'
import { migrate } from '#db/migrate'
import { groups } from '#server/contracts/index'
import { createDatabase } from '../support/databases.ts'
import { recordExamples } from '../support/record-examples.ts'
import { startServer, testEnvironment } from '../support/server.ts'

/** The names of the endpoints with a JSON response. */
const withJson = groups.flatMap(({ endpoints }) => Object.entries(endpoints))
  .filter(([, { response }]) => response)
  .map(([name]) => name)
  .sort()

const snapshot = '../../server/openapi/examples.json'

describe('documented examples', () => {
  it('match the responses of the server (vitest --update records them)', async () => {
    const database = await createDatabase()
    await migrate(database.url, 'migrations')
    const server = await startServer({
      ...testEnvironment,
      DATABASE_URL: database.url,
      NUXT_DATABASE_POOL_SIZE: '1',
      NUXT_PUBLIC_BASE_URL: 'http://127.0.0.1:3000',
    })
    try {
      const examples = await recordExamples(server.url)
      expect(Object.keys(examples).sort()).toEqual(withJson)
      await expect(`${JSON.stringify(examples, undefined, 2)}\n`).toMatchFileSnapshot(snapshot)
    }
    finally {
      await server.stop()
      await database.drop()
    }
  })
})
