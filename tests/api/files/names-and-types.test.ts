import { create as contentDisposition } from 'content-disposition'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { files } from '#db/schema/index'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'
import { useDatabase } from '../../support/use-database.ts'

interface NewFile {
  title: string
  text: string
  language?: string
  extension?: string
}

/** Adds a file along with a message and returns it as that message shows it. */
async function addFile(file: object) {
  const owner = await signedInUser()
  const files = [{ text: 'Hello', ...file }]
  const [message] = await appendMessages(owner, await createChat(owner), { message: 'Look', files })
  return message.files[0]!
}

/** Adds a file along with a message and returns it as the list of files shows it. */
async function addListedFile(file: NewFile) {
  const owner = await signedInUser()
  const chat = await createChat(owner)
  await appendMessages(owner, chat, { message: 'Look', files: [file] })
  return (await owner.get(`/api/users/${owner.id}/chats/${chat.id}/files`)).body.chatFiles[0]!
}

describe('the name of a new file', () => {
  it.each([
    [{ title: 'example', extension: 'py' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'example.py' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'example.py', extension: 'py' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'example', extension: '.py' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'example.py', extension: 'txt' }, { name: 'example.py.txt', extension: 'txt' }],
    [{ title: 'main', extension: 'rs' }, { name: 'main.rs', language: 'rust', type: 'text/plain' }],
    [{ title: 'server.ts' }, { name: 'server.ts', language: 'typescript', type: 'text/plain' }],
    [{ title: 'package.json' }, { name: 'package.json', language: 'json', type: 'application/json' }],
    [{ title: 'query', language: 'Our own SQL' }, { name: 'query', language: 'Our own SQL', extension: '' }],
    [{ title: 'README' }, { name: 'README', language: '', extension: '', type: 'text/plain' }],
    [{ title: 'notes', extension: 'zzz' }, { name: 'notes.zzz', language: '', extension: 'zzz', type: 'text/plain' }],
    [{ title: 'notes', extension: '' }, { name: 'notes', language: '', extension: '' }],
    [{ title: ' spaced.txt\n' }, { title: 'spaced.txt', name: 'spaced.txt' }],
  ])('is derived from %j: %j', async (given, expected) => {
    const file = await addFile(given)
    expect(file).toMatchObject(expected)
    expect(file.title).toBe(given.title.trim())
  })

  it.each([
    [{}, { name: 'untitled', extension: '', language: '', type: 'text/plain' }],
    [{ extension: 'py' }, { name: 'untitled.py', extension: 'py', language: 'python' }],
    [{ title: null, extension: 'rs' }, { name: 'untitled.rs', extension: 'rs', language: 'rust' }],
    [{ title: '', language: 'text', extension: 'txt' }, { name: 'untitled.txt', extension: 'txt', language: 'text' }],
    [{ title: ' \n', extension: '.sh' }, { name: 'untitled.sh', extension: 'sh', language: 'shell' }],
  ])('is "untitled" without a title: %j', async (given, expected) => {
    expect(await addFile(given)).toMatchObject({ ...expected, title: '', text: 'Hello' })
  })

  it('has up to 255 characters, including the extension', async () => {
    const longest = 'a'.repeat(252)
    expect((await addFile({ title: longest, extension: 'py' })).name).toBe(`${longest}.py`)
    await expect(addFile({ title: `${longest}a`, extension: 'py' })).rejects.toThrow('Invalid body')
  })

  it('counts an astral character as one', async () => {
    const longest = '🪐'.repeat(252)
    expect((await addFile({ title: longest, extension: 'py' })).name).toBe(`${longest}.py`)
    await expect(addFile({ title: `${longest}🪐`, extension: 'py' })).rejects.toThrow('Invalid body')
  })
})

describe('a listed file', () => {
  it.each<[NewFile, { name: string, extension: string, language: string }]>([
    [{ title: 'example', text: '', extension: 'py' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'example.py', text: '', extension: 'py' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [{ title: 'example.py', text: '' }, { name: 'example.py', extension: 'py', language: 'python' }],
    [
      { title: 'main.rs', text: '', language: 'rust 2024' },
      { name: 'main.rs', extension: 'rs', language: 'rust 2024' },
    ],
    [{ title: 'app.test.ts', text: '' }, { name: 'app.test.ts', extension: 'ts', language: 'typescript' }],
    [{ title: 'README', text: '' }, { name: 'README', extension: '', language: '' }],
    [{ title: 'a.unheardof', text: '' }, { name: 'a.unheardof', extension: 'unheardof', language: '' }],
  ])('derives its name, extension and language from %j', async (file, expected) => {
    expect(await addListedFile(file)).toMatchObject({ title: file.title, ...expected })
  })

  it.each([
    ['app.ts', /^text\//],
    ['main.rs', /^text\//],
    ['example.py', /^text\//],
    ['README', /^text\/plain$/],
    ['readme.md', /^text\/markdown$/],
    ['table.csv', /^text\/csv$/],
    ['data.json', /^application\/json$/],
    ['document.pdf', /^text\//],
  ])('derives its type from its content and the name %s', async (title, type) => {
    const file = await addListedFile({ title, text: 'plain text' })
    expect(file.type).toMatch(type)
    expect((await follow(file.url)).headers.get('content-type')).toBe(`${file.type}; charset=utf-8`)
  })
})

describe('a file with an unusual title', () => {
  it.each([
    ['a path', '../../etc/passwd', 'passwd', ''],
    ['a Windows path', '..\\..\\windows\\win.ini', 'win.ini', 'ini'],
    ['an absolute path', '/etc/passwd', 'passwd', ''],
    ['a folder', 'src/main.d/', 'main.d', 'd'],
    ['dots only', '..', 'untitled', ''],
    ['separators only', '/\\/', 'untitled', ''],
    ['dots in a row', 'wait...what.txt', 'wait.what.txt', 'txt'],
    ['dots around a control character', '.\u0001.', 'untitled', ''],
    ['dots and spaces at the end', 'a.txt. .', 'a.txt', 'txt'],
    ['quotes', 'a "quoted" \'name\'.txt', 'a "quoted" \'name\'.txt', 'txt'],
    ['an emoji', '🦊 fox.txt', '🦊 fox.txt', 'txt'],
    ['non-Latin letters', 'отчёт שלום.txt', 'отчёт שלום.txt', 'txt'],
    ['a newline that would inject a header', 'a\r\nSet-Cookie: x=y\r\n\r\n<b>.txt', 'aSet-Cookie: x=y<b>.txt', 'txt'],
    ['a control character', 'a\u0001\u007fb.txt', 'ab.txt', 'txt'],
    ['percent signs', '100%25 %s %0d%0a.txt', '100%25 %s %0d%0a.txt', 'txt'],
    ['punctuation', 'a;b=c,d*.txt', 'a;b=c,d*.txt', 'txt'],
    ['SQL', '\'); drop table files; --', '\'); drop table files; --', ''],
    ['a right-to-left override', 'gpj\u202etxt.exe', 'gpjtxt.exe', 'exe'],
    ['a line separator', 'a\u2028b.txt', 'ab.txt', 'txt'],
    ['a device of Windows', 'con.txt', 'con_.txt', 'txt'],
    ['a name that begins like a device', 'console.txt', 'console.txt', 'txt'],
  ])('keeps it, has a safe name and can be downloaded: %s', async (_, title, name, extension) => {
    const file = await addFile({ title })
    expect([file.title, file.name, file.extension]).toStrictEqual([title, name, extension])
    const { status, headers, text } = await follow(file.url)
    expect([status, text]).toStrictEqual([200, 'Hello'])
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename/)
    expect(headers.get('set-cookie')).toBeNull()
  })

  it.each([
    ['a path', '../../sh', 'example.sh', 'sh'],
    ['dots only', '..', 'example', ''],
    ['a control character', 'p\u0001y', 'example.py', 'py'],
    ['several parts', '.tar.gz', 'example.tar.gz', 'tar.gz'],
  ])('has a safe extension: %s', async (_, given, name, extension) => {
    expect(await addFile({ title: 'example', extension: given })).toMatchObject({ title: 'example', name, extension })
  })
})

describe('a file whose name was stored by an earlier version', () => {
  const db = useDatabase()

  it.each([
    ['..\\..\\evil.sh', 'evil.sh'],
    ['../../evil.sh', 'evil.sh'],
    ['a\r\nSet-Cookie: x=y.txt', 'aSet-Cookie: x=y.txt'],
    ['gpj\u202etxt.exe', 'gpjtxt.exe'],
    ['..', 'untitled'],
  ])('is downloaded under a safe name: %j', async (stored, name) => {
    const file = await addFile({ title: 'a.txt' })
    const { id, neptun_user_id } = file
    await db.update(files).set({ name: stored }).where(and(eq(files.neptun_user_id, neptun_user_id), eq(files.id, id)))
    const { status, headers } = await follow(file.url)
    const disposition = headers.get('content-disposition')!
    expect([status, disposition]).toStrictEqual([200, contentDisposition(name)])
  })
})
