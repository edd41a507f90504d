import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { connectForMaintenance } from '#db/client'
import { createEnvironment, databaseTimeout, isRunning } from './environment.ts'
import type { Fault } from './fault.ts'
import { describeDisorder, hasSucceeded, startLoad, type Outcome } from './load.ts'

const times = { short: 1, long: 10 }
/** Milliseconds that a response may take beyond the deadline of the database. */
const tolerance = 1000
const poolSize = 4

/** A statement locks what every request needs, for longer than any request waits. */
export const heldConnections: Fault = {
  title: 'every connection waits for a lock, for longer than the deadline',
  async run(extent) {
    const { postgres, db, start } = await createEnvironment()
    const server = await start({ NUXT_DATABASE_POOL_SIZE: String(poolSize) })
    const load = await startLoad(server.url, 100)
    await setTimeout(1000)
    /** When each lock was taken and released. */
    const locks: { from: number, to: number }[] = []
    while (locks.length < times[extent]) {
      const other = connectForMaintenance(postgres.url)
      const from = performance.now()
      await other.transaction(async (tx) => {
        await tx.execute(sql`lock table sessions, chats, projects in access exclusive mode`)
        await setTimeout(databaseTimeout * 2000)
      })
      locks.push({ from, to: performance.now() })
      await other.$client.end()
      await setTimeout(2000)
    }
    await load.stop()

    const slowest = Math.max(...load.outcomes.map(({ duration }) => duration))
    const failed = load.outcomes.filter(outcome => !hasSucceeded(outcome))
    // Those that waited during a lock, or were sent a second after it at the latest.
    const isExplained = ({ sentAt, duration }: Outcome) =>
      locks.some(({ from, to }) => sentAt + duration > from && sentAt < to + tolerance)
    const unexplained = failed.filter(outcome => !isExplained(outcome)).length
    const [row] = await db.execute<{ busy: number, open: number }>(sql`
      select count(*) filter (where state <> 'idle')::int as busy, count(*)::int as open
      from pg_stat_activity where application_name = 'neptun-api'`)
    const { busy, open } = row!
    const problems = [
      ...describeDisorder(load.outcomes),
      ...isRunning(server) ? [] : ['the server exited'],
      ...failed.length > 0 ? [] : ['nothing was refused: the lock held nobody'],
      ...slowest <= databaseTimeout * 1000 + tolerance ? [] : [`a response took ${Math.round(slowest)} ms`],
      ...unexplained === 0 ? [] : [`${unexplained} requests failed long after a lock was released`],
      ...busy === 0 && open <= poolSize ? [] : [`${busy} of ${open} connections are still busy`],
      ...await load.findLosses(db),
    ]
    await server.stop()
    return {
      figures: {
        'locks': locks.length,
        'requests': load.outcomes.length,
        'answered with 503': failed.length,
        'slowest response (ms)': Math.round(slowest),
      },
      problems,
    }
  },
}
