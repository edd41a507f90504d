import type { Sql } from 'postgres'
import type { BenchRequest } from './endpoints.ts'
import { load, type LoadOptions, type LoadResult } from './load.ts'
import type { RunningServer } from './process.ts'
import { median } from './statistics.ts'
import { undisturbed } from './undisturbed.ts'
import { watchUsage } from './usage.ts'

/** One measurement of a server under load. */
export interface Sample extends LoadResult {
  /** CPU time per request in microseconds. Undefined if it cannot be measured. */
  serverCpu: number | undefined
  databaseCpu: number | undefined
  /** Bytes of resident memory at the peak. */
  memory: number | undefined
}

/** Sends requests to a server and measures what they cost it and its database. */
export function measure(
  server: RunningServer,
  sql: Sql,
  requests: readonly BenchRequest[],
  options: LoadOptions,
): Promise<Sample> {
  return undisturbed(async () => {
    const stop = await watchUsage(server.pid, sql)
    const result = await load(server.url, requests, options)
    const usage = await stop()
    return {
      ...result,
      serverCpu: usage.server === undefined ? undefined : usage.server / result.requests,
      databaseCpu: usage.database === undefined ? undefined : usage.database / result.requests,
      memory: usage.memory,
    }
  })
}

/** The median of each value of some samples. */
export function medianOf(samples: readonly Sample[]): Sample {
  const of = (key: keyof Sample) => median(samples.map(sample => sample[key]).filter(value => value !== undefined))
  return {
    requests: of('requests')!,
    rate: of('rate')!,
    p50: of('p50')!,
    p99: of('p99')!,
    serverCpu: of('serverCpu'),
    databaseCpu: of('databaseCpu'),
    memory: of('memory'),
  }
}
