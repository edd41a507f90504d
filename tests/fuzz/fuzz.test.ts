import { describe, expect, it } from 'vitest'
import { useDatabase } from '../support/use-database.ts'
import { fuzz } from './campaign.ts'
import { operations } from './operations.ts'

/** Set by `npm run fuzz`, which has no time limit. */
const requestedCases = process.env.FUZZ_CASES
const cases = Number(requestedCases ?? 2000)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
const timeout = requestedCases ? 24 * 60 * 60 * 1000 : 600_000
const db = useDatabase()

describe('generated requests', () => {
  it('receive only documented responses and never reach foreign data', async () => {
    const start = performance.now()
    const elapsed = () => `${Math.round((performance.now() - start) / 1000)} s`
    console.log(`Fuzzing with seed ${seed}`)
    const { statusCounts, failures } = await fuzz(db, {
      cases,
      seed,
      onRound: ({ cases: done }) => requestedCases && console.log(`${done} of ${cases} cases in ${elapsed()}`),
    })
    if (requestedCases) console.log(statusCounts.table())
    console.log(`${statusCounts.successRate()} of the valid requests succeeded`)
    console.log(`${statusCounts.cases} cases, ${failures.length} failures, seed ${seed}`)
    if (failures[0]) throw failures[0]
    // Guards against a generator whose requests are all rejected.
    expect(operations.map(({ name }) => name).filter(name => !statusCounts.mostlySucceeds(name))).toEqual([])
  }, timeout)
})
