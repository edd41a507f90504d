import { startConstant } from '../constant.ts'
import { openDatabase, type BenchDatabase } from '../database.ts'
import { endpoints, type BenchRequest, type EndpointName } from '../endpoints.ts'
import { readUsers, type BenchUser } from '../fixture.ts'
import { scriptFor } from '../limits.ts'
import { describeConditions, describeMachine } from '../machine.ts'
import { measure, type Sample } from '../measure.ts'
import type { Options } from '../options.ts'
import { peerRequestsOf, startPeer, verifyPeer } from '../peer.ts'
import { hasPgbench, pgbench } from '../pgbench.ts'
import type { RunningServer } from '../process.ts'
import { progress } from '../progress.ts'
import { countRoundTrips } from '../round-trips.ts'
import { smallSeed, smallUsers } from '../seed.ts'
import { connections, poolSize, rememberRows, startApi, startBare } from '../setup.ts'
import { verifySameAnswers } from '../verify.ts'
import { reportEndpoints } from './endpoints-report.ts'

export type TargetName = 'server' | 'pipelining' | 'json' | 'peer'

/** What was measured for an endpoint. */
export interface EndpointResult {
  /** The samples of each server, one per round. None if it does not have the endpoint. */
  samples: Record<TargetName, Sample[]>
  /** The transactions per second of pgbench, one per round. */
  limits: number[]
  roundTrips: number
}

export interface EndpointResults {
  endpoints: Map<EndpointName, EndpointResult>
  /** The samples of the server that answers a constant. */
  constant: Sample[]
}

/** A server, and the requests of a user to it; undefined if it does not have the endpoint. */
interface Target {
  server: RunningServer
  requestsOf: (name: EndpointName, user: BenchUser) => BenchRequest[] | undefined
}

/** Everything that a round measures. */
interface Bench {
  database: BenchDatabase
  users: BenchUser[]
  targets: Map<TargetName, Target>
  constant: RunningServer
  /** Deletes what writes have added. */
  restore: () => Promise<void>
}

/** Seconds of each measurement before the first round, in which servers compile and connect. */
const warmUp = 2

/** Every connection of pgbench has to prepare the statements of each of them. */
const usersOfPgbench = 4

/** Measures endpoints of the server and of the yardsticks, one after the other in each round. Returns a report. */
export async function measureEndpoints(names: readonly EndpointName[], options: Options): Promise<string> {
  const { rounds, seconds } = options
  const bench = await prepare(options)
  progress('Warming up')
  await measureRound(bench, emptyResults(names), warmUp)
  const results = emptyResults(names)
  for (let round = 1; round <= rounds; round++) {
    progress(`Round ${round} of ${rounds}`)
    await measureRound(bench, results, seconds)
  }
  progress('Counting round trips')
  const requests = names.map(name => bench.users.flatMap(endpoints[name].requestsOf))
  const roundTrips = await countRoundTrips(bench.database.url, requests)
  names.forEach((name, i) => results.endpoints.get(name)!.roundTrips = roundTrips[i]!)
  const conditions = `${await describeMachine(bench.database.sql)}\n${describeConditions(options)}`
  return reportEndpoints(results, conditions)
}

async function prepare({ server, keep }: Options): Promise<Bench> {
  const database = await openDatabase({ server, name: 'neptun_bench', seed: smallSeed, keep })
  const users = await readUsers(database.sql, smallUsers)
  const restore = await rememberRows(database)
  const [api, pipelining, json] = [
    await startApi(database.url), await startBare('pipelining', database.url), await startBare('json', database.url),
  ]
  const peer = await startPeer(database.url)
  if (!peer) progress('PostGraphile cannot be installed, so there is no peer')
  const constant = await startConstant()

  progress('Comparing the answers of the servers')
  await verifySameAnswers(api.url, [pipelining.url, json.url], users)
  await restore()
  if (peer) await verifyPeer(peer.url, users[0]!)

  const requestsOf: Target['requestsOf'] = (name, user) => endpoints[name].requestsOf(user)
  const targets = new Map<TargetName, Target>([
    ['server', { server: api, requestsOf }],
    ['pipelining', { server: pipelining, requestsOf }],
    ['json', { server: json, requestsOf }],
  ])
  if (peer) targets.set('peer', { server: peer, requestsOf: peerRequestsOf })
  return { database, users, targets, constant, restore }
}

/** Adds a measurement of everything to the results. */
async function measureRound(bench: Bench, results: EndpointResults, seconds: number): Promise<void> {
  const { database: { sql, url }, users, targets, constant, restore } = bench
  const load = { connections, seconds }
  for (const [name, { samples, limits }] of results.endpoints) {
    const isWrite = endpoints[name].requestsOf(users[0]!)[0]!.method === 'POST'
    for (const [target, { server, requestsOf }] of targets) {
      const requests = users.flatMap(user => requestsOf(name, user) ?? [])
      if (requests.length === 0) continue
      const sample = await measure(server, sql, requests, load)
      progress(`  ${name}, ${target}: ${Math.round(sample.rate)} requests/s`)
      samples[target].push(sample)
      if (isWrite) await restore()
    }
    if (!hasPgbench) continue
    const scripts = users.slice(0, usersOfPgbench).map(user => scriptFor(name, user))
    const rate = await pgbench(scripts, { url, seconds, clients: poolSize })
    progress(`  ${name}, database: ${Math.round(rate)} transactions/s`)
    limits.push(rate)
    if (isWrite) await restore()
  }
  results.constant.push(await measure(constant, sql, [{ method: 'GET', path: '/' }], load))
}

const emptyResults = (names: readonly EndpointName[]): EndpointResults => ({
  endpoints: new Map(names.map(name =>
    [name, { samples: { server: [], pipelining: [], json: [], peer: [] }, limits: [], roundTrips: NaN }])),
  constant: [],
})
