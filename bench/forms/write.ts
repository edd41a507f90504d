import { openDatabase } from '../database.ts'
import { readUsers } from '../fixture.ts'
import { describeConditions, describeMachine } from '../machine.ts'
import { measure, medianOf, type Sample } from '../measure.ts'
import type { Options } from '../options.ts'
import { hasPgbench, pgbench } from '../pgbench.ts'
import { progress } from '../progress.ts'
import { number, ratio, table } from '../report.ts'
import { smallSeed, smallUsers } from '../seed.ts'
import { connections, poolSize, rememberRows, startApi } from '../setup.ts'
import { median } from '../statistics.ts'
import { writeCases } from '../write/cases.ts'

/** Measures large writes of many clients at once, compared with pgbench. Returns a report. */
export async function measureWrites({ server, keep, rounds, seconds }: Options): Promise<string> {
  const database = await openDatabase({ server, name: 'neptun_bench', seed: smallSeed, keep })
  const { url, sql } = database
  const cases = await writeCases(sql, await readUsers(sql, smallUsers))
  const restore = await rememberRows(database)
  const api = await startApi(url)
  const results = cases.map(() => ({ samples: [] as Sample[], limits: [] as number[] }))
  for (let round = 0; round <= rounds; round++) {
    progress(round === 0 ? 'Warming up' : `Round ${round} of ${rounds}`)
    for (const [i, { title, requests, scripts }] of cases.entries()) {
      const sample = await measure(api, sql, requests, { connections, seconds })
      await restore()
      const limit = hasPgbench ? await pgbench(scripts, { url, seconds, clients: poolSize }) : undefined
      await restore()
      progress(`  ${title}: ${[sample.rate, limit].map(number).join(' of ')} requests/s`)
      if (round === 0) continue
      results[i]!.samples.push(sample)
      if (limit !== undefined) results[i]!.limits.push(limit)
    }
  }
  const rows = cases.map(({ title, amount, unit }, i) => {
    const { rate, p50, p99, memory } = medianOf(results[i]!.samples)
    const limit = median(results[i]!.limits)
    const written = [rate, limit].map(value => value === undefined ? 'n/a' : `${number(value * amount)} ${unit}`)
    return [
      title, number(rate), number(p50), number(p99), ...written, ratio(rate, limit), number(memory && memory / 2 ** 20),
    ]
  })
  return `${await describeMachine(sql)}
${describeConditions({ rounds, seconds })}

${table(['Each request', 'requests/s', 'p50 ms', 'p99 ms', 'per second', 'database', 'ratio', 'memory, MiB'], rows)}
`
}
