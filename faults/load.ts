import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import { cookieOf, json, send } from '../attack/send.ts'
import { signUp } from '../attack/users.ts'
import { defer } from '../bench/cleanup.ts'
import { createOneOfEach } from '../tests/support/valid-requests.ts'

/** What became of a request. */
export interface Outcome {
  method: string
  path: string
  /** When it was sent, by `performance.now()`. */
  sentAt: number
  /** Milliseconds. */
  duration: number
  /** Undefined if there was no complete response. */
  status?: number
  hasRetryAfter?: boolean
  /** Why there was no response. */
  error?: NodeJS.ErrnoException
  /** The message that it appends. */
  content?: string
}

export interface Load {
  outcomes: Outcome[]
  /** Sends no more, and waits for the responses. */
  stop: () => Promise<void>
  /** Compares the messages that were acknowledged with those that are stored. */
  findLosses: (db: Database) => Promise<string[]>
}

/** The chats of the user. Messages to a single one would wait for each other, and a busy machine would fall behind. */
const chatCount = 10

/**
 * Reads and appends messages at a constant rate, whether or not the requests before have been answered. A third of the
 * requests append one.
 * @param rate requests a second
 */
export async function startLoad(url: string, rate: number): Promise<Load> {
  const user = await signUp(url)
  const targets = await Promise.all(Array.from({ length: chatCount }, () => createOneOfEach(user)))
  const home = `/api/users/${user.id}`
  const cookie = cookieOf(user.session)
  const outcomes: Outcome[] = []
  const pending = new Set<Promise<void>>()
  let isOver = false

  async function sendNext(i: number): Promise<void> {
    const chat = `${home}/chats/${targets[i % chatCount]!.chat_id}`
    const messages = `${chat}/messages`
    const reads = [`${home}/chats?limit=20`, `${messages}?limit=20`, chat, `${home}/projects`]
    const content = i % 3 === 0 ? `Message ${i}` : undefined
    const [method, path] = content ? ['POST', messages] as const : ['GET', reads[i % reads.length]!] as const
    const sentAt = performance.now()
    const outcome: Outcome = { method, path, sentAt, duration: NaN, content }
    try {
      const body = json(content === undefined ? undefined : { message: content, actor: 'user' })
      const { status, headers } = await send(url, { method, path, ...body, headers: { ...cookie, ...body.headers } })
      Object.assign(outcome, { status, hasRetryAfter: headers.has('retry-after') })
    }
    catch (error) {
      outcome.error = error as Error
    }
    outcome.duration = performance.now() - sentAt
    outcomes.push(outcome)
  }

  defer(() => isOver = true)
  const start = performance.now()
  const sending = (async () => {
    for (let i = 0; !isOver; i++) {
      await setTimeout(Math.max(0, start + i * 1000 / rate - performance.now()))
      const request = sendNext(i)
      pending.add(request)
      void request.then(() => pending.delete(request))
    }
  })()
  return {
    outcomes,
    async stop() {
      isOver = true
      await sending
      await Promise.all(pending)
    },
    async findLosses(db) {
      const rows = await db.execute<{ content: string, count: number }>(sql`
        select content, count(*)::int from messages
        where neptun_user_id = ${user.id} group by content`)
      const counts = new Map(rows.map(({ content, count }) => [content, count]))
      const lost = outcomes.filter(({ content, status }) => status === 201 && !counts.has(content!))
      const doubled = rows.filter(({ content, count }) => content.startsWith('Message ') && count > 1)
      return [
        ...lost.length > 0 ? [`${lost.length} acknowledged messages are not stored`] : [],
        ...doubled.length > 0 ? [`${doubled.length} messages are stored twice`] : [],
      ]
    },
  }
}

export const hasSucceeded = ({ status }: Outcome) => status !== undefined && status < 300

/** Describes the outcomes that are neither a success nor an orderly 503. */
export function describeDisorder(outcomes: readonly Outcome[]): string[] {
  const disorderly = outcomes.filter(outcome =>
    !hasSucceeded(outcome) && !(outcome.status === 503 && outcome.hasRetryAfter))
  const kinds = Map.groupBy(disorderly, ({ method, status, error }) => `${method}: ${status ?? error?.message}`)
  return [...kinds].map(([kind, { length }]) => `${length} × ${kind}`)
}
