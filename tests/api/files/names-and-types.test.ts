import { describe, expect, it } from 'vitest'
import { appendMessages, createChat, signedInUser } from '../../support/factories.ts'
import { follow } from '../../support/raw.ts'

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

describe('a file with an unusual name', () => {
  it.each([
    ['a path', '../../etc/passwd'],
    ['a Windows path', '..\\..\\windows\\win.ini'],
    ['an absolute path', '/etc/passwd'],
    ['dots only', '..'],
    ['quotes', 'a "quoted" \'name\'.txt'],
    ['an emoji', '🦊 fox.txt'],
    ['non-Latin letters', 'отчёт שלום.txt'],
    ['a newline that would inject a header', 'a\r\nSet-Cookie: x=y\r\n\r\n<b>.txt'],
    ['a control character', 'a\u0001\u007fb.txt'],
    ['percent signs', '100%25 %s %0d%0a.txt'],
    ['separators', 'a;b=c,d*.txt'],
    ['SQL', '\'); drop table files; --'],
    ['a right-to-left override', 'gpj\u202etxt.exe'],
    ['a line separator', 'a\u2028b.txt'],
  ])('keeps its name and can be downloaded: %s', async (_, title) => {
    const file = await addFile({ title })
    expect([file.title, file.name]).toStrictEqual([title, title])
    const { status, headers, text } = await follow(file.url)
    expect([status, text]).toStrictEqual([200, 'Hello'])
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename/)
    expect(headers.get('set-cookie')).toBeNull()
  })
})
