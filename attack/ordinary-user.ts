import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { defer } from '../bench/cleanup.ts'
import { percentile } from '../bench/statistics.ts'
import { createOneOfEach } from '../tests/support/valid-requests.ts'
import { commandOf, cookieOf, json, send, type AttackRequest } from './send.ts'
import { signUp } from './users.ts'

/** How the legitimate user was served. */
export interface Answers {
  sent: number
  /** Milliseconds. */
  p50: number
  p99: number
  slowest: { request: string, milliseconds: number }
  /** What was not answered with a success, and how to send it again. */
  failures: { answer: string, command: string }[]
}

/** Milliseconds between two requests, whether or not the first has been answered. */
const interval = 20

/** The address of the legitimate user, which the attackers do not share. */
const address = '192.0.2.1'

interface OrdinaryUser {
  /** Sends requests at a constant rate while something else happens. */
  useDuring: (other: Promise<unknown>) => Promise<Answers>
  stop: () => Promise<unknown>
}

/** Signs up a legitimate user, who sends requests from a thread of its own: an attack must not delay its clock. */
export async function startOrdinaryUser(url: string): Promise<OrdinaryUser> {
  const user = await signUp(url)
  const { chat_id, project_id } = await createOneOfEach(user)
  const home = `/api/users/${user.id}`
  const headers = { ...cookieOf(user.session), 'x-forwarded-for': address }
  const message = json({ message: 'How do I read a file line by line?', actor: 'user' })
  const requests: AttackRequest[] = [
    ...[
      `${home}/chats?limit=20`, `${home}/chats/${chat_id}`, `${home}/chats/${chat_id}/messages?limit=20`,
      `${home}/chats/${chat_id}/files`, `${home}/projects/${project_id}/chats`, '/api/auth/check',
    ].map(path => ({ method: 'GET', path, headers })),
    {
      method: 'POST',
      path: `${home}/chats/${chat_id}/messages`,
      ...message,
      headers: { ...headers, ...message.headers },
    },
  ]
  const thread = new Worker(new URL(import.meta.url), { workerData: { url, requests } satisfies Job })
  defer(() => thread.terminate())
  return {
    async useDuring(other) {
      thread.postMessage('start')
      await other
      const answers = once(thread, 'message')
      thread.postMessage('stop')
      return (await answers as [Answers])[0]
    },
    stop: () => thread.terminate(),
  }
}

interface Job {
  url: string
  requests: AttackRequest[]
}

/** Sends requests until told to stop. */
async function sendUntil(isOver: () => boolean, { url, requests }: Job): Promise<Answers> {
  const latencies: number[] = []
  const pending: Promise<void>[] = []
  const failures: Answers['failures'] = []
  let slowest = { request: '', milliseconds: 0 }

  async function measure(request: AttackRequest): Promise<void> {
    const start = performance.now()
    const fail = (answer: string) => failures.push({ answer, command: commandOf(url, request) })
    try {
      const { status, text } = await send(url, request)
      if (status >= 300) fail(`${status} ${text}`)
    }
    catch (error) {
      fail(String(error))
    }
    const milliseconds = performance.now() - start
    latencies.push(milliseconds)
    if (milliseconds > slowest.milliseconds) slowest = { request: `${request.method} ${request.path}`, milliseconds }
  }

  for (let i = 0; !isOver(); i++) {
    pending.push(measure(requests[i % requests.length]!))
    await setTimeout(interval)
  }
  await Promise.all(pending)
  const of = (share: number) => percentile(latencies, share) ?? NaN
  return { sent: latencies.length, p50: of(0.5), p99: of(0.99), slowest, failures }
}

if (!isMainThread) {
  let isOver = false
  parentPort!.on('message', (message: 'start' | 'stop') => {
    isOver = message === 'stop'
    if (isOver) return
    void sendUntil(() => isOver, workerData as Job).then(answers => parentPort!.postMessage(answers))
  })
}
