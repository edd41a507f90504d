import type { BenchDatabase } from '../database.ts'
import { endpoints, type EndpointName } from '../endpoints.ts'
import type { BenchUser } from '../fixture.ts'
import { load } from '../load.ts'
import type { RunningServer } from '../process.ts'
import { progress } from '../progress.ts'
import { number, ratio, table } from '../report.ts'
import { connections, rememberRows } from '../setup.ts'
import { median } from '../statistics.ts'
import { undisturbed } from '../undisturbed.ts'

/** A server on a database of some size, and users that have as much in each. */
export interface Site {
  server: RunningServer
  database: BenchDatabase
  users: readonly BenchUser[]
}

/** Compares the endpoints on a small and a large database, in turn. Returns a table. */
export async function compareSites(
  { small, large }: Record<'small' | 'large', Site>,
  names: readonly EndpointName[],
  { rounds, seconds }: { rounds: number, seconds: number },
): Promise<string> {
  const sites = await Promise.all([small, large].map(async site =>
    ({ ...site, restore: await rememberRows(site.database) })))
  const rows = []
  for (const name of names) {
    const rates: number[][] = [[], []]
    // The first round is to warm up.
    for (let round = 0; round <= rounds; round++) {
      for (const [i, { server, users, restore }] of sites.entries()) {
        const requests = users.flatMap(endpoints[name].requestsOf)
        const { rate } = await undisturbed(() => load(server.url, requests, { connections, seconds }))
        if (round > 0) rates[i]!.push(rate)
        if (requests[0]!.method === 'POST') await restore()
      }
    }
    const [onSmall, onLarge] = rates.map(median)
    progress(`  ${name}: ${number(onSmall)} and ${number(onLarge)} requests/s`)
    rows.push([`\`${endpoints[name].title}\``, number(onSmall), number(onLarge), ratio(onSmall, onLarge)])
  }
  return table(['Endpoint', 'small, requests/s', 'large, requests/s', 'ratio'], rows)
}
