import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createNeptun, ForbiddenError, NotFoundError, UnauthorizedError } from '#client/index'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { appendMessages, createChatWithoutProject, signedInUser } from '../support/factories.ts'
import { createSharedChat, missingShareInfo } from '../support/shares.ts'
import { sendJson, startStubServer } from './stub-server.ts'

const baseUrl = await startCheckingProxy()
const folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
afterAll(() => rm(folder, { recursive: true }))

async function clientWithMessage() {
  const ada = await signedInUser()
  const chat = await createChatWithoutProject(ada)
  const [message] = await appendMessages(ada, chat, 'Look')
  return { neptun: createNeptun({ baseUrl, session: ada.session }), chat, message }
}

describe('an upload', () => {
  it('takes a path, a File or a Blob with a name, and returns one file or a list', async () => {
    const { neptun, chat, message } = await clientWithMessage()
    const path = join(folder, 'three.bytes')
    await writeFile(path, Buffer.from([0, 1, 2]))
    const one = await neptun.files.upload(chat.id, message.id, path)
    expect(one).toMatchObject({ name: 'three.bytes', size: 3 })
    const blob = { name: 'hello.js', content: new Blob(['hello()']) }
    const two = await neptun.files.upload(chat.id, message.id, [new File(['Hallo'], 'grüße.txt'), blob])
    expect(two.map(({ name }) => name)).toEqual(['grüße.txt', 'hello.js'])
    expect(await (await neptun.files.download(two[0]!)).text()).toBe('Hallo')
  })

  it('rejects a path that is not that of a file, and sends nothing', async () => {
    const { neptun, chat, message } = await clientWithMessage()
    const files = [import.meta.filename, join(folder, 'missing')]
    await expect(neptun.files.upload(chat.id, message.id, files)).rejects.toThrow(`Cannot open ${files[1]}`)
    expect(await neptun.files.list()).toEqual([])
  })
})

describe('a download', () => {
  it('is a response, of the whole content or a range', async () => {
    const { neptun, chat, message } = await clientWithMessage()
    const file = await neptun.files.upload(chat.id, message.id, new File(['0123456789'], 'digits.txt'))
    const anonymous = createNeptun({ baseUrl })
    const whole = await anonymous.files.download(file)
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789'])
    const textOf = async (range: { start?: number, end?: number }) =>
      (await anonymous.files.download(file, { range })).text()
    expect(await textOf({ start: 2, end: 4 })).toBe('234')
    expect(await textOf({ start: 7 })).toBe('789')
    expect(await textOf({ end: 1 })).toBe('01')
    await expect(anonymous.files.download(file, { range: { start: 10 } })).rejects.toMatchObject({ status: 416 })
    const altered = file.url.replace(/signature=./, 'signature=_')
    await expect(anonymous.files.download({ url: altered })).rejects.toThrow(ForbiddenError)
  })

  it('is streamed, without a time limit once it has begun', async () => {
    const { url } = await startStubServer((response) => {
      response.writeHead(200, { 'content-disposition': 'attachment', 'content-type': 'application/json' }).write('[1,')
      setTimeout(() => response.end('2]'), 300)
    })
    const response = await createNeptun({ baseUrl: url, timeout: 100 }).files.download({ url })
    const chunks = await Array.fromAsync(response.body!.pipeThrough(new TextDecoderStream()))
    expect(chunks).toEqual(['[1,', '2]'])
  })

  it('can be aborted while it is streamed', async () => {
    const { url } = await startStubServer(response =>
      void response.writeHead(200, { 'content-disposition': 'attachment' }).write('a'))
    const controller = new AbortController()
    const response = await createNeptun({ baseUrl: url }).files.download({ url }, { signal: controller.signal })
    controller.abort(new Error('Enough'))
    await expect(response.text()).rejects.toThrow('Enough')
  })
})

describe('openShare', () => {
  it.each(['open sesame', 'sésame', '密码 🗝', 'a:b'])('opens a share with the password %j', async (password) => {
    const { uuid } = await createSharedChat({ password })
    const { chat, chatMessages, shareInfo } = await createNeptun({ baseUrl }).openShare(uuid, { password })
    expect([chat.name, chatMessages[0]!.content]).toEqual(['Shared', 'Hello world'])
    expect(shareInfo.shareHasPassword).toBe(true)
  })

  it('takes the uuid from any link, and always asks its own server', async () => {
    const { uuid } = await createSharedChat()
    const other = await startStubServer(response => sendJson(response, 200, {}))
    const neptun = createNeptun({ baseUrl })
    const links = [
      `${baseUrl}/api/shared/chats/${uuid}`, `${other.url}/s/${uuid}?x=1#y`, `/shared/${uuid.toUpperCase()}/`,
      new URL(uuid, other.url),
    ]
    for (const link of links) expect((await neptun.openShare(link)).chat.name).toBe('Shared')
    expect(other.requests).toEqual([])
  })

  it('tells how a share is protected that it cannot open', async () => {
    const { uuid, chat, owner } = await createSharedChat({ password: 'open sesame' })
    const neptun = createNeptun({ baseUrl })
    const wrong: unknown = await neptun.openShare(uuid, { password: 'sésame' }).catch((error: unknown) => error)
    expect(wrong).toBeInstanceOf(UnauthorizedError)
    expect(wrong).toMatchObject({ code: undefined, shareInfo: { shareExists: true, shareHasPassword: true } })
    const missing: unknown = await neptun.openShare(crypto.randomUUID()).catch((error: unknown) => error)
    expect(missing).toBeInstanceOf(NotFoundError)
    expect(missing).toMatchObject({ shareInfo: missingShareInfo })
    // Its owner needs no password.
    const ofOwner = createNeptun({ baseUrl, session: owner.session })
    expect((await ofOwner.openShare(uuid)).chat.model).toBe(chat.model)
  })

  it('rejects what contains no uuid, without a request', async () => {
    const neptun = createNeptun({ baseUrl, fetch: () => expect.unreachable() })
    await expect(neptun.openShare('https://example.com/../x')).rejects.toThrow(TypeError)
  })
})

describe('entity tags', () => {
  it('are sent as If-Match and If-None-Match', async () => {
    const { neptun, chat } = await clientWithMessage()
    const { response } = await neptun.chats.get(chat.id).withResponse()
    const tag = response.headers.get('ETag')!
    expect(await neptun.chats.get(chat.id, { ifNoneMatch: tag })).toBeUndefined()
    expect((await neptun.chats.update(chat.id, { name: 'Mine' }, { ifMatch: tag })).name).toBe('Mine')
    await expect(neptun.chats.delete(chat.id, { ifMatch: tag })).rejects.toMatchObject({ status: 412 })
    expect((await neptun.chats.get(chat.id, { ifNoneMatch: tag }))!.name).toBe('Mine')
  })
})
