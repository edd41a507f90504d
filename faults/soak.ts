import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { cookieOf, send } from '../attack/send.ts'
import { logInAgain, signUp } from '../attack/users.ts'
import { memoryOf } from '../bench/usage.ts'
import { mebibyte } from '#server/contracts/kit/limits'
import { createOneOfEach } from '../tests/support/valid-requests.ts'
import type { RunningServer } from '../tests/support/server.ts'
import { createEnvironment, isRunning, type Environment } from './environment.ts'
import type { Fault } from './fault.ts'
import { describeDisorder, hasSucceeded, startLoad } from './load.ts'

/** Seconds: until what is open and the memory are measured first, and in all. */
const times = { short: { first: 3, total: 6 }, long: { first: 120, total: 600 } }
/** The memory may grow by a tenth. A short run ends before it has settled. */
const growth = { short: Infinity, long: 1.1 }
const rate = 100
/** Milliseconds until idle connections are closed, and everything that a request has opened. */
const quiet = 9000

/** Nothing goes wrong for a while: mixed requests at a constant rate. */
export const soak: Fault = {
  title: 'mixed requests arrive for ten minutes, and nothing else happens',
  async run(extent) {
    const environment = await createEnvironment()
    const server = await environment.start({ NODE_OPTIONS: '--inspect-port=0', NUXT_DATABASE_IDLE_TIMEOUT: '2' })
    const { first, total } = times[extent]
    const before = await useFor(first, server, environment)
    const after = await useFor(total - first, server, environment)
    const problems = [...before.problems, ...after.problems]
    for (const kind of ['sockets', 'connections', 'timers'] as const)
      if (after[kind] > before[kind]) problems.push(`${kind} grew from ${before[kind]} to ${after[kind]}`)
    if (after.memory > before.memory * growth[extent])
      problems.push(`the memory grew from ${before.memory} to ${after.memory} MiB`)
    if (!isRunning(server)) problems.push('the server exited')
    await server.stop()
    return {
      figures: {
        'seconds': total,
        'requests': before.requests + after.requests,
        'memory (MiB)': `${before.memory} after ${first} s, ${after.memory} at the end`,
        'open sockets, connections, timers': `${after.sockets}, ${after.connections}, ${after.timers}`,
      },
      problems,
    }
  },
}

/** Uses the server, and then measures what is still open, and the memory while it was in use. */
async function useFor(seconds: number, server: RunningServer, { db }: Environment) {
  const load = await startLoad(server.url, rate)
  const end = performance.now() + seconds * 1000
  const memory: number[] = []
  const problems: string[] = []
  let requests = 0
  while (performance.now() < end) {
    requests += await liveOnce(server.url, problems)
    memory.push((memoryOf(server.pid) ?? NaN) / mebibyte)
    await setTimeout(200)
  }
  await load.stop()
  problems.push(
    ...describeDisorder(load.outcomes),
    ...load.outcomes.every(hasSucceeded) ? [] : ['a request was refused'],
    ...await load.findLosses(db),
  )
  await setTimeout(quiet)
  // First, because it opens a socket.
  const timers = await timersOf(server)
  const [row] = await db.execute<{ connections: number }>(sql`
    select count(*)::int as connections from pg_stat_activity where application_name = 'neptun-api'`)
  return {
    requests: requests + load.outcomes.length,
    // The middle of the last third, because garbage makes it go up and down.
    memory: Math.round(memory.slice(-Math.ceil(memory.length / 3)).toSorted((a, b) => a - b)
      .at(Math.floor(memory.length / 6))!),
    sockets: socketsOf(server.pid),
    timers,
    ...row!,
    problems,
  }
}

/** Signs up, creates one of everything, logs in once more, reads a share and a file, and deletes the account. */
async function liveOnce(url: string, problems: string[]): Promise<number> {
  const user = await signUp(url)
  const { chat_id, uuid } = await createOneOfEach(user)
  const other = await logInAgain(url, user)
  const { body } = await user.get(`/api/users/${user.id}/chats/${chat_id}/files`)
  const { chatFiles } = body as unknown as { chatFiles: { url: string }[] }
  const { pathname, search } = new URL(chatFiles[0]!.url)
  const answers = await Promise.all([
    send(url, { method: 'GET', path: pathname + search }),
    send(url, { method: 'GET', path: `/api/shared/chats/${uuid}`, headers: cookieOf(user.session) }),
    send(url, { method: 'POST', path: '/api/auth/logout', headers: cookieOf(other.session) }),
  ])
  answers.push(await user.send('DELETE', `/api/users/${user.id}`) as never)
  for (const { status, text } of answers) if (status >= 300) problems.push(`a request returned ${status} ${text}`)
  return answers.length + 8
}

/** The number of open sockets of a process. */
function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`
  const targetOf = (name: string) => {
    try {
      return readlinkSync(join(folder, name))
    }
    catch {
      return ''
    }
  }
  return readdirSync(folder).filter(name => targetOf(name).startsWith('socket:')).length
}

/** The number of active timers of a server, which its inspector tells. */
async function timersOf(server: RunningServer): Promise<number> {
  const addressOf = () => /Debugger listening on (ws:\S+)/.exec(server.output())?.[1]
  if (!addressOf()) process.kill(server.pid, 'SIGUSR1')
  while (!addressOf()) await setTimeout(50)
  const socket = new WebSocket(addressOf()!)
  await new Promise(resolve => socket.addEventListener('open', resolve))
  const answer = new Promise<string>(resolve => socket.addEventListener('message', ({ data }) => resolve(String(data))))
  const expression = 'process.getActiveResourcesInfo().filter(name => name === "Timeout").length'
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }))
  const { result } = JSON.parse(await answer) as { result: { result: { value: number } } }
  // The server must have closed its end before its sockets are counted.
  const closed = new Promise(resolve => socket.addEventListener('close', resolve))
  socket.close()
  await closed
  return result.result.value
}
