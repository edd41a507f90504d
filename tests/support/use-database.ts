import { afterAll } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { testServer } from './test-server.ts'

/**
 * Connects to the shared database until the test file ends. The embedded database has a single session: run one
 * statement at a time, and none during a request.
 */
export function useDatabase() {
  const db = connectForMaintenance(testServer().databaseUrl)
  afterAll(() => db.$client.end())
  return db
}
