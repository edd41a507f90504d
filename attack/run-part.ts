import { setTimeout } from 'node:timers/promises'
import { connectForMaintenance } from '#db/client'
import { mebibyte } from '#server/contracts/kit/limits'
import { defer } from '../bench/cleanup.ts'
import type { RunningServer } from '../bench/process.ts'
import { progress } from '../bench/progress.ts'
import { startApi } from '../bench/setup.ts'
import { memoryOf, watchMemory } from '../bench/usage.ts'
import { startOrdinaryUser, type Answers } from './ordinary-user.ts'
import type { Part } from './part.ts'
import { Tally } from './tally.ts'

/** What became of a part. */
export interface Result {
  name: string
  tally: Tally
  /** How the legitimate user was served before the attack and during it. */
  before: Answers
  during: Answers
  /** Bytes of resident memory of the server. Undefined if it cannot be measured. */
  memory: Record<'start' | 'peak' | 'end', number | undefined>
}

/** The resident memory that a server process should not exceed. */
const maxMemory = 512 * mebibyte

/** Seconds of the legitimate user alone: first until the server is warm, then measured. */
const alone = { warmUp: 1, measured: 5 }

/** Hashes quickly, and counts no attempts: all of them come from one address. Only the legitimate user has another. */
const settings = {
  NUXT_TRUSTED_PROXIES: '1',
  NUXT_BCRYPT_COST: '4',
  ...Object.fromEntries([
    'LOGIN_LIMIT', 'LOGIN_ADDRESS_LIMIT', 'SIGN_UP_LIMIT', 'SHARE_PASSWORD_ADDRESS_LIMIT', 'SHARE_PASSWORD_LIMIT',
  ].map(name => [`NUXT_${name}`, '1000000'])),
}

/**
 * Starts a server, lets a part attack it while a legitimate user uses it, and stops it.
 * @param seconds how long it takes in all
 */
export async function runPart(name: string, part: Part, databaseUrl: string, seconds: number): Promise<Result> {
  const end = performance.now() + seconds * 1000
  progress(`${name}: ${part.title}`)
  const server = await startApi(databaseUrl, { ...settings, ...part.settings })
  const db = connectForMaintenance(databaseUrl)
  const close = () => db.$client.end({ timeout: 1 })
  defer(close)
  const tally = new Tally()
  // A second is left to look at the memory afterwards.
  const secondsLeft = () => server.isRunning() ? (end - performance.now()) / 1000 - 1 : 0
  const attack = await part.prepare({ url: server.url, db, tally, secondsLeft })
  const { useDuring, stop } = await startOrdinaryUser(server.url)
  await useDuring(setTimeout(alone.warmUp * 1000))
  const before = await useDuring(setTimeout(alone.measured * 1000))
  const start = memoryOf(server.pid)
  const peakOf = watchMemory(server.pid)
  const during = await useDuring(attack().catch((error: Error) =>
    tally.fell('the attack itself', `stopped: ${error.stack ?? error.message}`, server.output().slice(-2000))))
  await setTimeout(1000)
  const memory = { start, peak: peakOf(), end: memoryOf(server.pid) }
  judge({ name, tally, before, during, memory }, part, server)
  await Promise.all([stop(), close()])
  await server.stop()
  progress(`${name}: tried ${tally.total.tried.toLocaleString('en-US')}, ${tally.total.fell} fell`)
  return { name, tally, before, during, memory }
}

/** Records what no part may cause. */
function judge({ tally, during, memory }: Result, { maxDelay = Infinity }: Part, server: RunningServer): void {
  const [user, process] = ['legitimate user', 'memory and life of the process']
  tally.tried(user, during.sent)
  for (const { answer, command } of during.failures) tally.fell(user, answer, command)
  if (during.slowest.milliseconds > maxDelay)
    tally.fell(user, `${during.slowest.request} took ${Math.round(during.slowest.milliseconds)} ms`)
  tally.tried(process)
  if (memory.peak !== undefined && memory.peak > maxMemory)
    tally.fell(process, `it took ${Math.round(memory.peak / mebibyte)} MiB, more than ${maxMemory / mebibyte}`)
  if (!server.isRunning()) tally.fell(process, 'it died', server.output().slice(-2000))
}
