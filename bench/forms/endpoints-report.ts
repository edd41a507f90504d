import { endpoints } from '../endpoints.ts'
import { medianOf, type Sample } from '../measure.ts'
import { number, ratio, table } from '../report.ts'
import { median } from '../statistics.ts'
import type { EndpointResult, EndpointResults, TargetName } from './endpoints.ts'

/**
 * Writes the measurements of endpoints as tables in Markdown.
 * @param conditions under which they were made, as a list
 */
export function reportEndpoints(results: EndpointResults, conditions: string): string {
  const constant = medianOf(results.constant)
  const rows = [...results.endpoints].map(([name, result]) =>
    ({ ...summaryOf(result), title: `\`${endpoints[name].title}\`` }))
  return `${conditions}
- Nitro, answering a constant: ${number(constant.rate)} requests/s, ${number(constant.serverCpu)} µs of CPU time each

### Throughput

${table(
  ['Endpoint', 'requests/s', 'p50 ms', 'p99 ms', '/ better bare', '/ pipelining', '/ peer', '/ database'],
  rows.map(({ title, server, pipelining, peer, limit, betterRate }) => [
    title, number(server.rate), number(server.p50), number(server.p99), ratio(server.rate, betterRate),
    ratio(server.rate, pipelining?.rate), ratio(server.rate, peer?.rate), ratio(server.rate, limit),
  ]),
)}

### Cost of a request

CPU time in microseconds, memory in MiB.

${table(
  ['Endpoint', 'server', 'PostgreSQL', 'sum', '/ better bare', 'memory', 'round trips'],
  rows.map(({ title, server, lowestCpu, roundTrips }) => [
    title, number(server.serverCpu), number(server.databaseCpu), number(cpuOf(server)), ratio(cpuOf(server), lowestCpu),
    number(server.memory && server.memory / 2 ** 20), number(roundTrips),
  ]),
)}

### Yardsticks

Requests per second, and the sum of the CPU time of a request in microseconds.

${table(
  ['Endpoint', 'pipelining', 'CPU', 'JSON', 'CPU', 'peer', 'CPU', 'database'],
  rows.map(({ title, pipelining, json, peer, limit }) => [
    title, ...[pipelining, json, peer].flatMap(sample => [number(sample?.rate), number(cpuOf(sample))]), number(limit),
  ]),
)}
`
}

/** The medians of an endpoint, and the better value of the bare servers. */
function summaryOf({ samples, limits, roundTrips }: EndpointResult) {
  const of = (name: TargetName) => samples[name].length > 0 ? medianOf(samples[name]) : undefined
  const [pipelining, json] = [of('pipelining'), of('json')]
  const bare = [pipelining, json].filter(sample => sample !== undefined)
  const costs = bare.map(cpuOf).filter(cost => cost !== undefined)
  return {
    server: of('server')!,
    pipelining,
    json,
    peer: of('peer'),
    limit: median(limits),
    roundTrips,
    betterRate: Math.max(...bare.map(({ rate }) => rate)),
    lowestCpu: costs.length > 0 ? Math.min(...costs) : undefined,
  }
}

/** The CPU time of a request in the server and in PostgreSQL, in microseconds. */
function cpuOf(sample: Sample | undefined): number | undefined {
  const { serverCpu, databaseCpu } = sample ?? {}
  return serverCpu === undefined || databaseCpu === undefined ? undefined : serverCpu + databaseCpu
}
