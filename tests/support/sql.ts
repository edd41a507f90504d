import { afterAll, inject } from 'vitest'
import { connectForMaintenance } from '#db/client'

/**
 * A look into the database of the run, past the server. One statement at a time, and none while a request is under way.
 */
export function lookInside() {
  const db = connectForMaintenance(inject('databaseUrl'))
  afterAll(() => db.$client.end())
  return db
}
