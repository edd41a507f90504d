import fc, { type Arbitrary } from 'fast-check'
import type { Database } from '#db/client'
import { request } from '../support/http.ts'
import { contentsOf } from '../support/rows.ts'
import { createCaseRunner, type Case, type Records } from './case-runner.ts'
import { createOtherUser } from './fixture.ts'
import { mutationsOf } from './mutations.ts'
import { operations, type Operation } from './operations.ts'
import { findForeignRows, findUninvited, latestEntryId } from './ownership-queries.ts'
import { StatusCounts } from './status-counts.ts'
import { validRequests } from './valid-requests.ts'

/** The number of users that send requests concurrently. */
const concurrency = 4
/** The number of cases between two checks of the database. */
const roundSize = 2000

interface Options {
  cases: number
  seed: number
  onRound?: (statusCounts: StatusCounts) => void
}

export interface Outcome {
  statusCounts: StatusCounts
  /** Each with the smallest request found that reproduces it. */
  failures: Error[]
}

/** Sends requests generated from the document until a check fails. */
export async function fuzz(db: Database, { cases, seed, onRound }: Options): Promise<Outcome> {
  const otherUser = await createOtherUser()
  const contents = await contentsOf(db, otherUser.user)
  const lastEntryId = await latestEntryId(db)
  const records: Records = {
    statusCounts: new StatusCounts(),
    presentedRows: [],
    invitedEmails: new Set([otherUser.user.email]),
  }
  const failures: Error[] = []
  const runners = Array.from({ length: concurrency }, () => createCaseRunner(otherUser, records))
  for (let done = 0; done < cases && failures.length === 0; done += roundSize) {
    const size = Math.min(roundSize, cases - done)
    const runs = await Promise.all(runners.map((run, i) => fc.check(fc.asyncProperty(generatedCases, run), {
      // Multiplying spreads adjacent seeds over the whole range.
      seed: (Math.imul(seed, 0x9e3779b1) + done / roundSize * concurrency + i) | 0,
      numRuns: Math.ceil((size - i) / concurrency),
    })))
    failures.push(...runs.flatMap(({ errorInstance }) => errorInstance ? [errorInstance as Error] : []))
    // The server may still be processing aborted requests, which must not overlap the queries of the checks.
    await request('GET', '/health/ready')
    failures.push(...await findLeaks(db, records, lastEntryId))
    if (await contentsOf(db, otherUser.user) !== contents)
      failures.push(new Error('A request changed data of the other user'))
    onRound?.(records.statusCounts)
  }
  return { statusCounts: records.statusCounts, failures }
}

/** A valid or a mutated request for any operation. */
const generatedCases = fc.oneof(...operations.flatMap(casesOf))

function casesOf(operation: Operation): Arbitrary<Case>[] {
  const valid = validRequests(operation)
  return [
    valid.map(build => ({ operation, isValid: true, build })),
    fc.tuple(valid, mutationsOf(operation)).map(([build, mutate]) =>
      ({ operation, isValid: false, build: fixture => mutate(build(fixture), fixture) })),
  ]
}

/** Checks the rows recorded since the last call, and the whitelists, for access across users. */
async function findLeaks(db: Database, records: Records, lastEntryId: number): Promise<Error[]> {
  const foreignRows = await findForeignRows(db, records.presentedRows.splice(0))
  const uninvited = await findUninvited(db, records.invitedEmails, { after: lastEntryId })
  return [
    ...foreignRows.map(row => new Error(`A response presented a foreign row: ${JSON.stringify(row)}`)),
    ...uninvited.map(email => new Error(`A user was whitelisted without a request naming them: ${email}`)),
  ]
}
