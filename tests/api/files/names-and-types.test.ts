import { describe, expect, it } from 'vitest'
import { follow } from '../../support/raw.ts'
import { chatOf, messagesIn, signedInUser } from '../../support/world.ts'

/** A file as it comes back from a message that was added with it. */
async function added(file: object) {
  const ada = await signedInUser()
  const [message] = await messagesIn(ada, await chatOf(ada), { message: 'Look', files: [{ text: 'Hello', ...file }] })
  return message.files[0]
}

describe('the name of a file', () => {
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
  ])('of %j is, with what follows from it, %j', async (given, expected) => {
    const file = await added(given)
    expect(file).toMatchObject(expected)
    expect(file.title).toBe(given.title.trim())
  })

  it('has up to 255 characters, the extension included', async () => {
    const longest = 'a'.repeat(252)
    expect((await added({ title: longest, extension: 'py' })).name).toBe(`${longest}.py`)
    await expect(added({ title: `${longest}a`, extension: 'py' })).rejects.toThrow('Invalid body')
  })

  it('has as many characters of any plane', async () => {
    const longest = '🪐'.repeat(252)
    expect((await added({ title: longest, extension: 'py' })).name).toBe(`${longest}.py`)
    await expect(added({ title: `${longest}🪐`, extension: 'py' })).rejects.toThrow('Invalid body')
  })
})

describe('a name is data, and the file behind it opens', () => {
  it.each([
    ['a path', '../../etc/passwd'],
    ['a path of another system', '..\\..\\windows\\win.ini'],
    ['an absolute path', '/etc/passwd'],
    ['dots alone', '..'],
    ['quotes', 'a "quoted" \'name\'.txt'],
    ['an emoji', '🦊 fox.txt'],
    ['letters beyond Latin', 'отчёт שלום.txt'],
    ['a new line that would begin a header', 'a\r\nSet-Cookie: x=y\r\n\r\n<b>.txt'],
    ['a control character', 'a\u0001\u007fb.txt'],
    ['percent signs', '100%25 %s %0d%0a.txt'],
    ['separators', 'a;b=c,d*.txt'],
    ['SQL', '\'); drop table files; --'],
    ['right-to-left override', 'gpj\u202etxt.exe'],
    ['a separator of lines', 'a\u2028b.txt'],
  ])('%s', async (_, title) => {
    const file = await added({ title })
    expect([file.title, file.name]).toStrictEqual([title, title])
    const { status, headers, text } = await follow(file.url)
    expect([status, text]).toStrictEqual([200, 'Hello'])
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename/)
    expect(headers.get('set-cookie')).toBeNull()
  })
})

describe('a link to a file', () => {
  it('needs no session, and opens this file alone', async () => {
    const [one, other] = [await added({ title: 'one' }), await added({ title: 'other' })]
    expect((await follow(one.url)).status).toBe(200)
    expect((await follow(one.url.replace(`/${one.id}?`, `/${other.id}?`))).status).toBe(403)
  })

  it.each([
    ['no signature', (url: URL) => url.searchParams.delete('signature')],
    ['an empty signature', (url: URL) => url.searchParams.set('signature', '')],
    ['an altered signature', (url: URL) => url.searchParams.set('signature', `${url.searchParams.get('signature')!}A`)],
    ['a later end', (url: URL) => url.searchParams.set('expires', '99999999999')],
    ['an end that is no number', (url: URL) => url.searchParams.set('expires', 'never')],
    ['a grant that it was not given', (url: URL) => url.searchParams.set('grant', 'a.1')],
    ['nothing', (url: URL) => url.search = ''],
    ['the id of no file', (url: URL) => url.pathname = '/api/files/9007199254740991'],
  ])('with %s is a 403', async (_, change) => {
    const url = new URL((await added({ title: 'a.txt' })).url)
    change(url)
    const { status, body } = await follow(url.href)
    expect([status, body.message]).toStrictEqual([403, 'This link is not valid, or not any more.'])
  })
})
