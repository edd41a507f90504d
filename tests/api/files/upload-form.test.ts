import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { aTime, errorBody, expectError, expectInvalid } from '../../support/expect.ts'
import type { Answer, Json } from '../../support/http.ts'
import { follow, readAnswer } from '../../support/raw.ts'
import { startServer, testEnvironment } from '../../support/server.ts'
import { chatOf, messagesIn, signedInUser, type Person } from '../../support/world.ts'

const complaint = 'Invalid body(title, text, language, extension, files)'
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const pdf = readFileSync('server/demo/files/release-notes.pdf')
const utf16 = Buffer.from('\uFEFFgrüße\r\n', 'utf16le')

interface Sent {
  name: string
  bytes: Uint8Array
}

/** Sends these files in a form, as a browser does. */
function upload(person: Person, path: string, files: Sent[], fields: Record<string, string> = {}): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const { name, bytes } of files) form.append('files', new Blob([new Uint8Array(bytes)]), name)
  return person.post(path, undefined, { raw: form })
}

async function someoneWithMessage() {
  const ada = await signedInUser()
  const chat = await chatOf(ada)
  const [message] = await messagesIn(ada, chat, 'Look')
  const files = `/api/users/${ada.id}/chats/${chat.id}/files`
  return { ada, chat, message, files, send: (sent: Sent[], fields?: Record<string, string>) => upload(ada, `${files}/${message.id}`, sent, fields) }
}

describe('a file in a form', () => {
  it('is answered in a list, even alone, with every field', async () => {
    const { ada, chat, message, send } = await someoneWithMessage()
    const { status, body } = await send([{ name: 'a.py', bytes: Buffer.from('print()') }], { note: 'ignored' })
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      chatFiles: [{
        id: expect.any(Number),
        neptun_user_id: ada.id,
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
        created_at: aTime,
        updated_at: aTime,
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
  ])('comes back byte for byte: %s', async (name, bytes, type) => {
    const { send } = await someoneWithMessage()
    const { body } = await send([{ name, bytes }])
    const [file] = body.chatFiles
    expect([file.size, file.type]).toStrictEqual([bytes.length, type])
    const { bytes: got, headers } = await follow(file.url)
    expect(createHash('sha256').update(got).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(headers.get('content-type')!.split(';')[0]).toBe(type)
  })

  it('has a name that is data, and no path', async () => {
    const { send } = await someoneWithMessage()
    const names = ['../../etc/passwd', 'a;b=c.txt', 'grüße 🗝.txt', 'C:\\temp\\a.txt']
    const { body } = await send(names.map(name => ({ name, bytes: Buffer.from(name) })))
    expect(body.chatFiles.map(({ name, text }: Json) => [name, text])).toStrictEqual(names.map(name => [name, name]))
    for (const { url } of body.chatFiles) expect((await follow(url)).headers.get('content-disposition')).not.toMatch(/etc|temp/)
  })
})

describe('a form is refused', () => {
  const aFile = { name: 'a.txt', bytes: Buffer.from('a') }

  it.each([
    ['without a file', [], { title: 'a.txt', text: 'a' }],
    ['with 101 files', Array.from({ length: 101 }, () => aFile), {}],
    ['with a name of 256 characters', [aFile, { ...aFile, name: 'ä'.repeat(256) }], {}],
    ['with a name of spaces', [aFile, { ...aFile, name: '  ' }], {}],
  ])('%s, and nothing is kept', async (_, sent, fields) => {
    const { ada, files, send } = await someoneWithMessage()
    const { status, body } = await send(sent, fields)
    expect([status, body.message]).toStrictEqual([400, complaint])
    expect(body.data.issues[0].path[0]).toBe('files')
    expect((await ada.get(files)).body).toStrictEqual({ chatFiles: [] })
  })

  it('with a file of more than 4 MiB', async () => {
    const { ada, files, send } = await someoneWithMessage()
    expectError(await send([aFile, { name: 'b', bytes: Buffer.alloc(4 * 1024 * 1024 + 1) }]), 413, 'A file may have at most 4194304 bytes.')
    expect((await ada.get(files)).body).toStrictEqual({ chatFiles: [] })
  })

  it.each([
    ['without its end', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\na'],
    ['without a boundary', 'multipart/form-data', '--x--\r\n'],
  ])('%s', async (_, type, raw) => {
    const { ada, files, message } = await someoneWithMessage()
    expectInvalid(await ada.post(`${files}/${message.id}`, undefined, { raw, headers: { 'content-type': type } }), complaint, 'files')
  })

  it('at a message that is not in the chat', async () => {
    const { ada, files } = await someoneWithMessage()
    const [elsewhere] = await messagesIn(ada, await chatOf(ada), 'There')
    const { status, body } = await upload(ada, `${files}/${elsewhere.id}`, [aFile])
    expect([status, body]).toStrictEqual([404, errorBody(404, 'Message not found')])
  })
})

describe.skipIf(process.platform !== 'linux')('a body that is far too large', () => {
  it('is refused before it fills the memory, and the client gets to read why', async () => {
    const server = await startServer({ NUXT_BCRYPT_COST: testEnvironment.NUXT_BCRYPT_COST, NUXT_SESSION_COOKIE_SECURE: 'false' })
    const peak = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))![1]) / 1024
    const ada = await signedInUser({ baseUrl: server.url })
    const chat = await chatOf(ada)
    const [message] = await messagesIn(ada, chat, 'Look')
    const path = `/api/users/${ada.id}/chats/${chat.id}/files/${message.id}`
    // Forgets the peak of the start: from here on it is what the process has now, or more.
    writeFileSync(`/proc/${server.pid}/clear_refs`, '5')
    const before = peak()
    const { status, sent } = await sendEndlessly(server.url + path, ada.session, 1024)
    const cost = peak() - before
    await server.stop()
    console.log(`A body of ${sent} MiB cost the server ${cost.toFixed(1)} MiB.`)
    expect(status).toBe(413)
    expect(sent).toBe(1024)
    expect(cost).toBeLessThan(50)
  })

  /** Sends a form of so many MiB in chunks, whatever is answered meanwhile; Node's own client would stop at the answer. */
  async function sendEndlessly(url: string, session: string, mebibytes: number) {
    const { hostname, port, pathname } = new URL(url)
    const socket = connect(Number(port), hostname)
    const answer = once(socket, 'data') as Promise<[Buffer]>
    // After the answer, the server ends before the connection does.
    socket.on('error', () => {})
    const head = [`POST ${pathname} HTTP/1.1`, `Host: ${hostname}`, `Cookie: neptun-session=${session}`,
      'Content-Type: multipart/form-data; boundary=x', 'Transfer-Encoding: chunked', '', '']
    socket.write(head.join('\r\n'))
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1024 * 1024, 'a'), Buffer.from('\r\n')])
    let sent = 0
    for (; sent < mebibytes; sent++)
      if (!socket.write(chunk)) await once(socket, 'drain')
    socket.end('0\r\n\r\n')
    const { status } = readAnswer('POST', pathname, (await answer)[0])
    return { status, sent }
  }
})
