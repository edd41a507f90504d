import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { openEmbeddedDatabase } from '#db/embedded'

/** URL of a PostgreSQL server on which the tests may create databases; undefined to use embedded ones. */
export const realServer = process.env.TEST_DATABASE_URL || undefined

export interface TestDatabase {
  url: string
  drop: () => Promise<void>
}

/** Creates an empty database, on the real server or embedded in memory. */
export async function createDatabase(): Promise<TestDatabase> {
  if (!realServer) {
    const { url, close } = await openEmbeddedDatabase({ maxConnections: 8 })
    return { url, drop: close }
  }
  const name = `neptun_test_${randomBytes(6).toString('hex')}`
  const admin = postgres(realServer, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}`)
  const url = new URL(realServer)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async drop() {
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
