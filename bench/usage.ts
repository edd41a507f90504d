import { readFileSync } from 'node:fs'
import type { Sql } from 'postgres'

/** Microseconds of a tick of /proc/PID/stat. Linux reports 100 ticks a second on every machine. */
const tick = 10_000

/** The CPU time of a process in microseconds; undefined if /proc does not have it, or by another name. */
function cpuOf(pid: number, name?: string): number | undefined {
  try {
    const [, command, fields] = /\((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!
    if (name !== undefined && command !== name) return undefined
    const [user, system] = fields!.split(' ').slice(11, 13).map(Number)
    return (user! + system!) * tick
  }
  catch {
    return undefined
  }
}

/** The CPU time of the connections to a database by process id; undefined if PostgreSQL runs elsewhere. */
async function cpuOfDatabase(sql: Sql): Promise<Map<number, number> | undefined> {
  const backends = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`
  const times = new Map<number, number>()
  for (const { pid } of backends) {
    const time = cpuOf(pid, 'postgres')
    // A connection may have ended in the meantime.
    if (time !== undefined) times.set(pid, time)
  }
  return backends.length > 0 && times.size === 0 ? undefined : times
}

/** What a server and its database used. Undefined if it cannot be measured. */
export interface Usage {
  /** Microseconds of CPU time. */
  server: number | undefined
  database: number | undefined
  /** Bytes of resident memory at the peak. */
  memory: number | undefined
}

/** Starts to measure what a server and its database use. Returns a function that stops and tells. */
export async function watchUsage(pid: number, sql: Sql): Promise<() => Promise<Usage>> {
  const before = { server: cpuOf(pid), backends: await cpuOfDatabase(sql) }
  const memory = watchMemory(pid)
  return async () => {
    const after = { server: cpuOf(pid), backends: await cpuOfDatabase(sql) }
    return {
      server: difference(before.server, after.server),
      database: difference(total(before.backends, after.backends), total(after.backends, after.backends)),
      memory: memory(),
    }
  }
}

const difference = (before: number | undefined, after: number | undefined) =>
  before === undefined || after === undefined ? undefined : after - before

/** The time of those connections that still exist. */
function total(times: Map<number, number> | undefined, existing: Map<number, number> | undefined): number | undefined {
  if (!times || !existing) return undefined
  return [...existing.keys()].reduce((sum, pid) => sum + (times.get(pid) ?? 0), 0)
}

/** The resident memory of a process in bytes; undefined if /proc does not exist. */
export function memoryOf(pid: number): number | undefined {
  try {
    const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
    return Number(kibibytes) * 1024
  }
  catch {
    return undefined
  }
}

/** Samples the memory of a process. Returns a function that stops and tells its peak. */
export function watchMemory(pid: number): () => number | undefined {
  let peak = memoryOf(pid)
  const sample = () => {
    const now = memoryOf(pid)
    if (now !== undefined && now > (peak ?? 0)) peak = now
  }
  const timer = setInterval(sample, 50)
  return () => {
    clearInterval(timer)
    sample()
    return peak
  }
}
