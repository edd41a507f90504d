import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { mebibyte } from '#server/contracts/kit/limits'
import { createOneOfEach } from '../../tests/support/valid-requests.ts'
import type { Context, Part } from '../part.ts'
import { signUp } from '../users.ts'
import { limits, pipeliningClients, slowClients, type SlowClients, type Target } from './clients.ts'
import { SlowSocket } from './slow-socket.ts'

/** The users whose sessions the slow clients have. */
const userCount = 4

/** Seconds beyond a limit: Node.js looks for late requests twice a second, and a busy machine does so later. */
const tolerance = 5

/** Seconds within which a connection that the server has closed ends, once the client reads what was on its way. */
const drainTime = 5

/** What a user has, whatever the address. */
type UserTarget = Omit<Target, 'address'>

type Wave = Record<string, SlowClients>

/** Each kind that the others might hide has a wave of its own. */
const waves: Wave[] = [slowClients, pipeliningClients]

/** Seconds from the start of a wave until its last clients must be disconnected. */
const longest = (wave: Wave) => Math.max(...Object.values(wave).map(({ limit }) => limit)) + tolerance

/** Seconds of all waves, if the connections end soon after they are read. */
const roundSeconds = waves.reduce((sum, wave) => sum + longest(wave) + 1, 0)

export const slow: Part = {
  title: 'clients that read nothing, send byte by byte, or stop',
  weight: 2,
  settings: {
    NUXT_HEADERS_TIMEOUT: String(limits.headers),
    NUXT_BODY_TIMEOUT: String(limits.body),
    NUXT_SEND_TIMEOUT: String(limits.send),
    NUXT_MAX_BODY_BYTES: String(limits.bodyMebibytes * mebibyte),
    // That of production, so that logins cost what they do there.
    NUXT_BCRYPT_COST: '12',
  },
  async prepare(context) {
    const targets = await Promise.all(Array.from({ length: userCount }, () => createTarget(context)))
    return async () => {
      do for (const wave of waves) await runWave(context, wave, targets)
      while (context.secondsLeft() > roundSeconds)
    }
  },
}

interface Client {
  kind: string
  socket: SlowSocket
}

/** Connects the clients of a wave at once, and looks for those that are still connected after their limit. */
async function runWave({ url, tally }: Context, wave: Wave, targets: UserTarget[]): Promise<void> {
  const clients: Client[] = []
  const sent: Promise<unknown>[] = []
  for (const [kind, { count, send }] of Object.entries(wave)) {
    for (let i = 0; i < count; i++) {
      const socket = new SlowSocket(url)
      clients.push({ kind, socket })
      const address = `10.0.${Math.floor(clients.length / 250)}.${clients.length % 250}`
      sent.push(Promise.resolve(send(socket, { ...targets[i % targets.length]!, address })))
    }
  }
  await setTimeout(longest(wave) * 1000)
  // What is unread hides that the server has closed the connection.
  for (const { socket } of clients) socket.resume()
  const drained = performance.now() + drainTime * 1000
  while (performance.now() < drained && clients.some(({ socket }) => socket.closedAfter === undefined))
    await setTimeout(50)
  for (const { kind, socket } of clients) {
    const { limit, unreadEnd } = wave[kind]!
    // What has been refused proves nothing about responses.
    const isRefused = unreadEnd !== undefined && socket.status !== '' && !socket.status.endsWith(' 200')
    tally.tried(isRefused ? `${kind}, refused` : kind)
    if (isStillServed(socket, wave[kind]!)) tally.fell(kind, `are not disconnected after ${limit} s`)
    socket.destroy()
  }
  await Promise.all(sent)
}

/** Whether a client was connected beyond its limit, or still got a response that it had not read until then. */
function isStillServed({ closedAfter, end }: SlowSocket, { limit, unreadEnd }: SlowClients): boolean {
  if (closedAfter === undefined) return true
  return unreadEnd === undefined ? closedAfter > (limit + tolerance) * 1000 : end.endsWith(unreadEnd)
}

/** Creates a chat whose messages take 20 MB, and a file of 32 MB. Uploading them would take most of the time. */
async function createTarget({ url, db }: Context): Promise<UserTarget> {
  const user = await signUp(url)
  const { chat_id, message_id, file_id } = await createOneOfEach(user)
  await db.execute(sql`
    insert into messages (neptun_user_id, chat_conversation_id, role, content)
    select ${user.id}, ${chat_id}, 'user', rpad(i::text, 4000, 'x') from generate_series(1, 5000) i`)
  const [size, end] = [32_000_000, 'the end']
  const content = sql`convert_to(lpad(${end}, ${size}::int, 'x'), 'UTF8')`
  await db.execute(sql`
    update file_contents set content = ${content} where neptun_user_id = ${user.id} and file_id = ${file_id}`)
  await db.execute(sql`update files set size = ${size} where neptun_user_id = ${user.id} and id = ${file_id}`)
  const chat = `/api/users/${user.id}/chats/${chat_id}` as const
  const { chatFile } = (await user.get(`${chat}/messages/${message_id}/files/${file_id}`)).body
  const { pathname, search } = new URL(chatFile.url)
  return { session: user.session, chat, message: message_id, download: pathname + search }
}
