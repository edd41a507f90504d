import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cookieOf, json, send } from '../attack/send.ts'
import { signUp } from '../attack/users.ts'
import { cleanUp, defer } from '../bench/cleanup.ts'
import { createChat } from '../tests/support/factories.ts'
import { startServer, testEnvironment } from '../tests/support/server.ts'
import { isRunning, statusOf } from './environment.ts'
import type { Fault, Findings } from './fault.ts'

/** Mebibytes of the disk: first, and once there is more room. The server keeps some of it free. */
const sizes = [280, 400]
const times = { short: 1, long: 5 }
/** A text that PostgreSQL cannot compress. */
const content = randomBytes(750_000).toString('base64')

/** The disk of the embedded database is full, until there is room again. */
export const fullDisk: Fault = {
  title: 'the disk of the embedded database is full, and then there is room again',
  isEmbedded: true,
  get obstacle() {
    return canMount() ? undefined : 'a disk in memory cannot be mounted'
  },
  async run(extent) {
    const all: Findings[] = []
    while (all.length < times[extent]) {
      all.push(await fillOnce())
      await cleanUp()
    }
    return { figures: all[0]!.figures, problems: all.flatMap(({ problems }) => problems) }
  },
}

async function fillOnce(): Promise<Findings> {
  const folder = createDisk(sizes[0]!)
  const start = async () => {
    const server = await startServer({ ...testEnvironment, NUXT_DATA_DIR: join(folder, 'data') })
    defer(() => isRunning(server) && server.stop('SIGKILL'))
    return server
  }
  let server = await start()
  const user = await signUp(server.url)
  const chat = await createChat(user)
  const path = `/api/users/${user.id}/chats/${chat.id}/messages`
  const problems: string[] = []

  /** Appends messages until that is refused. Returns their number. */
  async function appendUntilFull(): Promise<number> {
    for (let i = 0; ; i++) {
      const { headers, body } = json({ message: content, actor: 'user' })
      const sent = { method: 'POST', path, body, headers: { ...cookieOf(user.session), ...headers } }
      const { status, error, headers: answered } = await send(server.url, sent)
      if (status === 201) continue
      if (status !== 503 || !/disk .* full/.test(error.message) || !answered.has('retry-after'))
        problems.push(`a full disk is reported as ${status} ${error.message}`)
      return i
    }
  }
  const countStored = async () => {
    const stored = await send(server.url, { method: 'GET', path, headers: cookieOf(user.session) })
    const { chatMessages } = stored.body as { chatMessages: { content: string }[] }
    if (chatMessages.some(message => message.content !== content)) problems.push('a message is damaged')
    return chatMessages.length
  }

  const first = await appendUntilFull()
  if (await countStored() !== first) problems.push('a message is lost, or stored although it was refused')
  if (await statusOf(server.url, '/health/ready') !== 200) problems.push('reads are not served while the disk is full')
  mount(folder, sizes[1]!, 'remount,')
  const second = await appendUntilFull()
  if (second === 0) problems.push('nothing can be stored when there is room again')
  await server.stop()
  server = await start()
  if (await countStored() !== first + second) problems.push('a message is lost after a restart')
  await server.stop()
  return { figures: { 'messages of 1 MB until full': first, 'after there was room': second }, problems }
}

/** Mounts a disk in memory, or changes its size. Returns whether it could. */
function mount(folder: string, mebibytes: number, options = ''): boolean {
  const parameters = ['-t', 'tmpfs', '-o', `${options}size=${mebibytes}m`, 'tmpfs', folder]
  return spawnSync('mount', parameters, { stdio: 'ignore' }).status === 0
}

function createDisk(mebibytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'neptun-disk-'))
  mount(folder, mebibytes)
  defer(() => {
    spawnSync('umount', [folder])
    rmdirSync(folder)
  })
  return folder
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'neptun-disk-'))
  const isPossible = mount(folder, 1)
  if (isPossible) spawnSync('umount', [folder])
  rmdirSync(folder)
  return isPossible
}
