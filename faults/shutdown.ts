import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { cookieOf, loopback } from '../attack/send.ts'
import { signUp } from '../attack/users.ts'
import { createChat } from '../tests/support/factories.ts'
import { createEnvironment, statusOf, type Environment } from './environment.ts'
import type { Fault } from './fault.ts'
import { describeDisorder, hasSucceeded, startLoad } from './load.ts'

const times = { short: 1, long: 10 }
/** Seconds between SIGTERM and the end of new connections. Longer than the load keeps unused ones. */
const delay = 5
/** A list of so many messages takes several seconds to be read by a slow client. */
const messages = 40_000

/** The server is told to stop while it answers 200 requests a second, and clients read large responses slowly. */
export const shutdown: Fault = {
  title: 'the server gets SIGTERM under load',
  async run(extent) {
    const environment = await createEnvironment()
    const rounds: Awaited<ReturnType<typeof shutDownOnce>>[] = []
    while (rounds.length < times[extent]) rounds.push(await shutDownOnce(environment))
    return {
      figures: {
        'shutdowns': rounds.length,
        'requests': rounds.reduce((sum, { requests }) => sum + requests, 0),
        'large responses': rounds.reduce((sum, { large }) => sum + large, 0),
        'slowest exit (ms)': Math.round(Math.max(...rounds.map(({ exit }) => exit))),
      },
      problems: rounds.flatMap(({ problems }) => problems),
    }
  },
}

async function shutDownOnce({ db, start }: Environment) {
  const server = await start({ NUXT_SHUTDOWN_DELAY: String(delay) })
  const user = await signUp(server.url)
  const chat = await createChat(user)
  await db.execute(sql`
    insert into messages (neptun_user_id, chat_conversation_id, role, content)
    select ${user.id}, ${chat.id}, 'user', repeat('x', 300) from generate_series(1, ${messages}::int)`)
  const load = await startLoad(server.url, 200)
  await setTimeout(1000)
  const list = `/api/users/${user.id}/chats/${chat.id}/messages`
  const large = Array.from({ length: 3 }, () => readSlowly(server.url, list, user.session))
  await setTimeout(200)

  const stoppedAt = performance.now()
  const stopped = server.stop()
  // A load balancer sends no more requests once it has noticed that the server is not ready.
  await setTimeout(1000)
  const readiness = await statusOf(server.url, '/health/ready')
  await load.stop()
  const read = await Promise.all(large)
  await stopped
  const exit = performance.now() - stoppedAt
  const [row] = await db.execute<{ open: number }>(sql`
    select count(*)::int as open from pg_stat_activity where application_name = 'neptun-api'`)
  return {
    requests: load.outcomes.length,
    large: read.length,
    exit,
    problems: [
      ...describeDisorder(load.outcomes),
      ...load.outcomes.every(hasSucceeded) ? [] : ['a request was refused'],
      ...read.every(count => count === messages) ? [] : [`large responses had ${read.join()} of ${messages} messages`],
      ...readiness === 503 ? [] : [`/health/ready returned ${readiness} after SIGTERM`],
      ...exit < 10_000 ? [] : [`the exit took ${Math.round(exit)} ms`],
      ...row!.open === 0 ? [] : [`${row!.open} connections to the database are left`],
      ...await load.findLosses(db),
    ],
  }
}

/** Reads a list of messages in pieces. Returns the number of messages, or why the response is not complete. */
async function readSlowly(url: string, path: string, session: string): Promise<number | string> {
  try {
    const sent = get({ ...loopback(url), path, headers: cookieOf(session), agent: false })
    const [response] = await once(sent, 'response') as [NodeJS.ReadableStream]
    const chunks: Buffer[] = []
    for await (const chunk of response) {
      chunks.push(chunk as Buffer)
      await setTimeout(10)
    }
    const { chatMessages } = JSON.parse(Buffer.concat(chunks).toString()) as { chatMessages: unknown[] }
    return chatMessages.length
  }
  catch (error) {
    return (error as Error).message
  }
}
