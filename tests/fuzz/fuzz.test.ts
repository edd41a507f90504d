import { expect, it } from 'vitest'
import { operations } from './operations.ts'
import { fuzz } from './campaign.ts'
import { lookInside } from '../support/sql.ts'

/** Set by `npm run fuzz`, for a run that takes as long as it takes. */
const longRun = process.env.FUZZ_CASES
const cases = Number(longRun ?? 2000)
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
const db = lookInside()

it('answers whatever is sent to it as the document says, and to everybody out of their own', async () => {
  const begun = performance.now()
  const seconds = () => `${Math.round((performance.now() - begun) / 1000)} s`
  console.log(`Fuzzing with the seed ${seed}`)
  const { tally, failures } = await fuzz(db, {
    cases,
    seed,
    onRound: ({ cases: done }) => longRun && console.log(`${done} of ${cases} cases in ${seconds()}`),
  })
  if (longRun) console.log(tally.table())
  console.log(`${tally.shareOfSuccesses()} of the valid requests succeeded`)
  console.log(`${tally.cases} cases, ${failures.length} failures, seed ${seed}`)
  if (failures[0]) throw failures[0]
  // Otherwise only refusals would have been tested.
  expect(operations.map(({ name }) => name).filter(name => !tally.isReached(name))).toEqual([])
}, longRun ? 24 * 60 * 60 * 1000 : 600_000)
