import fc, { type Arbitrary } from 'fast-check'
import type { Database } from '#db/client'
import { request } from '../support/http.ts'
import { contentsOf } from '../support/rows.ts'
import { alterationsOf } from './mutations.ts'
import { attemptsBy, type Attempt, type Traces } from './case-runner.ts'
import { validCases } from './valid-requests.ts'
import { foreignRows, lastEntry, uninvited } from './ownership-queries.ts'
import { operations, type Operation } from './operations.ts'
import { Tally } from './status-counts.ts'
import { newNeighbour } from './fixture.ts'

/** So many people send requests at the same time. */
const people = 4
/** After so many requests of all of them, the database is looked into. */
const roundSize = 2000

interface Options {
  cases: number
  seed: number
  onRound?: (tally: Tally) => void
}

export interface Outcome {
  tally: Tally
  /** What is wrong with an answer, and the smallest request found that it comes to. */
  failures: Error[]
}

/** Sends requests made from the document, until one is answered as it must not be. */
export async function fuzz(db: Database, { cases, seed, onRound }: Options): Promise<Outcome> {
  const neighbour = await newNeighbour()
  const untouched = await contentsOf(db, neighbour.person)
  const since = await lastEntry(db)
  const traces: Traces = { tally: new Tally(), told: [], named: new Set([neighbour.person.email]) }
  const failures: Error[] = []
  const checks = Array.from({ length: people }, () => attemptsBy(neighbour, traces))
  for (let done = 0; done < cases && failures.length === 0; done += roundSize) {
    const size = Math.min(roundSize, cases - done)
    const runs = await Promise.all(checks.map((check, i) => fc.check(fc.asyncProperty(attempts, check), {
      // Seeds that are next to each other have nothing in common.
      seed: (Math.imul(seed, 0x9e3779b1) + done / roundSize * people + i) | 0,
      numRuns: Math.ceil((size - i) / people),
    })))
    failures.push(...runs.flatMap(({ errorInstance }) => errorInstance ? [errorInstance as Error] : []))
    // Whoever went away may have left something under way: a look inside must not overlap it.
    await request('GET', '/health/ready')
    failures.push(...await trespasses(db, traces, since))
    if (await contentsOf(db, neighbour.person) !== untouched) failures.push(new Error('Something of the neighbour was touched.'))
    onRound?.(traces.tally)
  }
  return { tally: traces.tally, failures }
}

/** For any operation, a valid request, or one that is broken in one place. */
const attempts = fc.oneof(...operations.flatMap(attemptsAt))

function attemptsAt(operation: Operation): Arbitrary<Attempt>[] {
  const valid = validCases(operation)
  return [
    valid.map(draftIn => ({ operation, isValid: true, draftIn })),
    fc.tuple(valid, alterationsOf(operation)).map(([draftIn, alter]) =>
      ({ operation, isValid: false, draftIn: world => alter(draftIn(world), world) })),
  ]
}

/** Where somebody reached what is somebody else's, since the last call. */
async function trespasses(db: Database, { told, named }: Traces, since: number): Promise<Error[]> {
  const foreign = await foreignRows(db, told.splice(0))
  const strangers = await uninvited(db, named, { since })
  return [
    ...foreign.map(row => new Error(`Somebody was told of a row of somebody else as their own: ${JSON.stringify(row)}`)),
    ...strangers.map(email => new Error(`Somebody is on a whitelist without having been named: ${email}`)),
  ]
}
