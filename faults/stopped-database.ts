import { setTimeout } from 'node:timers/promises'
import { createEnvironment, databaseTimeout, isRunning, statusOf, untilReady } from './environment.ts'
import type { Fault } from './fault.ts'
import { describeDisorder, hasSucceeded, startLoad } from './load.ts'

/** Seconds without a database. */
const seconds = { short: 3, long: 10 }
/** Milliseconds that a response may take beyond the deadline of the database. */
const tolerance = 1000
/** Milliseconds until a server is ready once the database is, and then until every request succeeds. */
const recoveryTime = 1000

/** The database crashes, and is started again after a while. Another server starts in the meantime. */
export const stoppedDatabase: Fault = {
  title: 'the database is stopped under load, and started again',
  async run(extent) {
    const { postgres, db, start } = await createEnvironment()
    const server = await start()
    const load = await startLoad(server.url, 100)
    await setTimeout(1000)
    await postgres.stop()
    const stoppedAt = performance.now()
    const late = await start()
    await setTimeout(seconds[extent] * 1000)
    const health = await Promise.all([server, late].flatMap(({ url }) =>
      ['/health', '/health/ready'].map(path => statusOf(url, path))))
    const startedAt = performance.now()
    await postgres.start()
    const recovery = Math.max(...await Promise.all([server, late].map(({ url }) => untilReady(url))))
    const recoveredAt = performance.now()
    await setTimeout(recoveryTime + 2000)
    await load.stop()

    const during = load.outcomes.filter(({ sentAt }) => sentAt > stoppedAt && sentAt < startedAt)
    const after = load.outcomes.filter(({ sentAt }) => sentAt > recoveredAt + recoveryTime)
    const slowest = Math.max(...load.outcomes.map(({ duration }) => duration))
    const complaints = late.output().match(/Cannot reach the database/g)?.length ?? 0
    const problems = [
      ...describeDisorder(load.outcomes),
      ...isRunning(server) && isRunning(late) ? [] : ['a server exited'],
      ...String(health) === '200,503,200,503' ? [] : [`the health checks returned ${health.join()} meanwhile`],
      ...slowest <= databaseTimeout * 1000 + tolerance ? [] : [`a response took ${Math.round(slowest)} ms`],
      ...during.some(hasSucceeded) ? ['a request succeeded without a database'] : [],
      ...recovery <= recoveryTime ? [] : [`a server was ready ${Math.round(recovery)} ms after the database`],
      ...after.every(hasSucceeded) ? [] : ['a request failed after the recovery'],
      ...complaints === 1 ? [] : [`the server that started meanwhile said so ${complaints} times`],
      ...await load.findLosses(db),
    ]
    await Promise.all([server.stop(), late.stop()])
    return {
      figures: {
        'seconds without a database': seconds[extent],
        'requests meanwhile, all 503': during.length,
        'slowest response (ms)': Math.round(slowest),
        'ready after the start of the database (ms)': Math.round(recovery),
      },
      problems,
    }
  },
}
