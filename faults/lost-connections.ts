import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { createEnvironment, isRunning } from './environment.ts'
import type { Fault } from './fault.ts'
import { describeDisorder, hasSucceeded, startLoad } from './load.ts'

const times = { short: 1, long: 20 }
/** Milliseconds between two losses, and in which the service has to be back. */
const [interval, limit] = [3000, 2000]

/** An administrator, a failover or a proxy ends all connections to the database at once. */
export const lostConnections: Fault = {
  title: 'all connections to the database are terminated under load',
  async run(extent) {
    const { db, start } = await createEnvironment()
    const server = await start()
    const load = await startLoad(server.url, 200)
    const losses: number[] = []
    await setTimeout(1000)
    while (losses.length < times[extent]) {
      losses.push(performance.now())
      await db.execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'neptun-api'`)
      await setTimeout(interval)
    }
    await load.stop()

    const failed = load.outcomes.filter(outcome => !hasSucceeded(outcome))
    /** Milliseconds from the loss before a response until its request was sent; none for one that was in flight. */
    const delays = failed.map(({ sentAt, duration }) => {
      const loss = losses.findLast(loss => loss <= sentAt + duration) ?? sentAt
      return Math.max(0, sentAt - loss)
    })
    const problems = [
      ...describeDisorder(load.outcomes),
      ...isRunning(server) ? [] : ['the server exited'],
      ...delays.some(delay => delay > limit) ? [`the service was not back after ${limit} ms`] : [],
      ...await load.findLosses(db),
    ]
    await server.stop()
    return {
      figures: {
        'losses': losses.length,
        'requests': load.outcomes.length,
        'answered with 503': failed.length,
        'last 503, sent after (ms)': Math.round(Math.max(0, ...delays)),
      },
      problems,
    }
  },
}
