import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { anyTimestamp, errorBody, expectError, expectInvalid } from '../../support/expect.ts'
import { appendMessages, createChat, signedInUser, type TestUser } from '../../support/factories.ts'
import { follow, parseRawResponse } from '../../support/raw.ts'
import { startServer, testEnvironment } from '../../support/server.ts'

const validationError = 'Invalid body(title, text, language, extension, files)'
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const pdf = readFileSync('server/demo/files/release-notes.pdf')
const utf16 = Buffer.from('\uFEFFgrüße\r\n', 'utf16le')

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

interface Upload {
  name: string
  bytes: Uint8Array
}

type Fields = Record<string, string>

/** Sends the files as multipart/form-data, as a browser does. */
function upload(person: TestUser, path: string, files: Upload[], fields: Fields = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const { name, bytes } of files) form.append('files', new Blob([new Uint8Array(bytes)]), name)
  return person.post<'addFiles'>(path, undefined, { raw: form })
}

async function userWithMessage() {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  const [message] = await appendMessages(owner, chat, 'Look')
  const listPath = `/api/users/${owner.id}/chats/${chat.id}/files` as const
  const path = `${listPath}/${message.id}` as const
  const send = (files: Upload[], fields?: Fields) => upload(owner, path, files, fields)
  return { owner, chat, message, listPath, path, send }
}

describe('POST files as a form', () => {
  it('returns 201 and a list with exactly the documented fields, even for one file', async () => {
    const { owner, chat, message, send } = await userWithMessage()
    const { status, body } = await send([{ name: 'a.py', bytes: Buffer.from('print()') }], { note: 'ignored' })
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      chatFiles: [{
        id: expect.any(Number),
        neptun_user_id: owner.id,
        chat_conversation_id: chat.id,
        chat_conversation_message_id: message.id,
        title: 'a.py',
        text: 'print()',
        language: 'python',
        extension: 'py',
        name: 'a.py',
        size: 7,
        type: 'text/plain',
        url: expect.stringMatching(/^http/),
        created_at: anyTimestamp,
        updated_at: anyTimestamp,
      }],
    })
  })

  it.each([
    ['lines.txt', Buffer.from('unix\nwindows\r\nmac\rend'), 'text/plain'],
    ['utf16.txt', utf16, 'text/plain'],
    ['empty.txt', Buffer.alloc(0), 'text/plain'],
    ['pixel.png', png, 'image/png'],
    ['no-ending', pdf, 'application/pdf'],
    ['random.bin', randomBytes(4 * 1024 * 1024), 'application/octet-stream'],
  ])('stores files byte for byte: %s', async (name, bytes, type) => {
    const { send } = await userWithMessage()
    const { body } = await send([{ name, bytes }])
    const file = body.chatFiles[0]!
    expect([file.size, file.type]).toStrictEqual([bytes.length, type])
    const { bytes: downloaded, headers } = await follow(file.url)
    expect(sha256(downloaded)).toBe(sha256(bytes))
    expect(headers.get('content-type')!.split(';')[0]).toBe(type)
  })

  it('treats file names as data, not as paths', async () => {
    const { send } = await userWithMessage()
    const titles = ['../../etc/passwd', 'a;b=c.txt', 'grüße 🗝.txt', 'C:\\temp\\a.txt']
    const names = ['passwd', 'a;b=c.txt', 'grüße 🗝.txt', 'a.txt']
    const { body } = await send(titles.map(name => ({ name, bytes: Buffer.from(name) })))
    expect(body.chatFiles.map(({ title, text }) => [title, text])).toStrictEqual(titles.map(title => [title, title]))
    expect(body.chatFiles.map(({ name }) => name)).toStrictEqual(names)
    for (const { url } of body.chatFiles)
      expect((await follow(url)).headers.get('content-disposition')).not.toMatch(/etc|temp/)
  })
})

describe('POST an invalid form', () => {
  const aFile = { name: 'a.txt', bytes: Buffer.from('a') }

  it.each([
    ['without a file', [], { title: 'a.txt', text: 'a' }],
    ['with 101 files', Array.from({ length: 101 }, () => aFile), {}],
    ['with a name of 256 characters', [aFile, { ...aFile, name: 'ä'.repeat(256) }], {}],
    ['with a blank name', [aFile, { ...aFile, name: '  ' }], {}],
  ])('returns 400 %s and stores nothing', async (_, files, fields) => {
    const { owner, listPath, send } = await userWithMessage()
    const { status, error } = await send(files, fields)
    expect([status, error.message]).toStrictEqual([400, validationError])
    expect(error.data.issues[0]!.path[0]).toBe('files')
    expect((await owner.get(listPath)).body).toStrictEqual({ chatFiles: [] })
  })

  it('returns 413 with a file over 4 MiB', async () => {
    const { owner, listPath, send } = await userWithMessage()
    const tooLarge = { name: 'b', bytes: Buffer.alloc(4 * 1024 * 1024 + 1) }
    expectError(await send([aFile, tooLarge]), 413, 'A file exceeds the limit of 4194304 bytes.')
    expect((await owner.get(listPath)).body).toStrictEqual({ chatFiles: [] })
  })

  it.each([
    [
      'without a closing boundary',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\na',
    ],
    ['without a boundary parameter', 'multipart/form-data', '--x--\r\n'],
    [
      'with 201 parts',
      'multipart/form-data; boundary=x',
      `${'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(201)}--x--\r\n`,
    ],
    [
      'with long headers of a part',
      'multipart/form-data; boundary=x',
      `--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n${'A: b\r\n'.repeat(4000)}\r\na\r\n`
      + '--x--\r\n',
    ],
  ])('returns 400 %s', async (_, type, raw) => {
    const { owner, path } = await userWithMessage()
    const response = await owner.post(path, undefined, { raw, headers: { 'content-type': type } })
    expectInvalid(response, validationError, 'files')
  })

  it('returns 404 for a message of another chat', async () => {
    const { owner, listPath } = await userWithMessage()
    const [elsewhere] = await appendMessages(owner, await createChat(owner), 'There')
    const { status, body } = await upload(owner, `${listPath}/${elsewhere.id}`, [aFile])
    expect([status, body]).toStrictEqual([404, errorBody(404, 'Message not found')])
  })
})

describe.skipIf(process.platform !== 'linux')('POST a form of 1 GiB', () => {
  it('returns a readable 413 without buffering the body', async () => {
    const { NUXT_BCRYPT_COST } = testEnvironment
    const server = await startServer({ NUXT_BCRYPT_COST, NUXT_SESSION_COOKIE_SECURE: 'false' })
    const peak = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))![1]) / 1024
    const owner = await signedInUser({ baseUrl: server.url })
    const chat = await createChat(owner)
    const [message] = await appendMessages(owner, chat, 'Look')
    const path = `/api/users/${owner.id}/chats/${chat.id}/files/${message.id}`
    // The first body makes the heap grow once, whatever its size.
    await sendInFull(server.url + path, owner.session, 128)
    // Resets the peak to the current memory use.
    writeFileSync(`/proc/${server.pid}/clear_refs`, '5')
    const before = peak()
    const { status, sent } = await sendInFull(server.url + path, owner.session, 1024)
    const growth = peak() - before
    await server.stop()
    console.log(`A body of ${sent} MiB raised the peak memory of the server by ${growth.toFixed(1)} MiB.`)
    expect(status).toBe(413)
    expect(sent).toBe(1024)
    expect(growth).toBeLessThan(50)
  })

  /** Sends a chunked form to its end even after the response has arrived, at which Node's own client would stop. */
  async function sendInFull(url: string, session: string, mebibytes: number) {
    const { hostname, port, pathname } = new URL(url)
    const socket = connect(Number(port), hostname)
    const response = once(socket, 'data') as Promise<[Buffer]>
    // The server may reset the connection after its response.
    socket.on('error', () => {})
    const head = [`POST ${pathname} HTTP/1.1`, `Host: ${hostname}`, `Cookie: neptun-session=${session}`,
      'Content-Type: multipart/form-data; boundary=x', 'Transfer-Encoding: chunked', '', '']
    socket.write(head.join('\r\n'))
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1024 * 1024, 'a'), Buffer.from('\r\n')])
    let sent = 0
    for (; sent < mebibytes; sent++)
      if (!socket.write(chunk)) await once(socket, 'drain')
    socket.end('0\r\n\r\n')
    const { status } = parseRawResponse('POST', pathname, (await response)[0])
    return { status, sent }
  }
})
