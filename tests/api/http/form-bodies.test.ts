import { describe, expect, it } from 'vitest'
import {
  errorBody, expectError, expectInvalid, issueFields, notSupported, validationErrorBody,
} from '../../support/expect.ts'
import {
  appendMessages, createChat, createShare, openShare, signedInUser, type TestUser,
} from '../../support/factories.ts'
import { urlencoded } from '../../support/forms.ts'

const message = 'Invalid body(name, description, project_type, type, programming_language, main_language)'
const required = 'project_type=backend&programming_language=rust'

/** Sends a form as it is. */
const send = <const Method extends string, const Path extends string>(
  person: TestUser,
  method: Method,
  path: Path,
  raw: string | Uint8Array<ArrayBuffer>,
  type: string = urlencoded,
) => person.send<never, Method, Path>(method, path, undefined, { raw, headers: { 'content-type': type } })

const createProject = async (raw: string | Uint8Array<ArrayBuffer>, type?: string) => {
  const ada = await signedInUser()
  return send(ada, 'POST', `/api/users/${ada.id}/projects`, raw, type)
}

describe('a form', () => {
  it.each([
    urlencoded, `${urlencoded}; charset=utf-8`, 'Application/X-WWW-Form-URLencoded;charset="UTF-8"',
  ])('is accepted as %s', async (type) => {
    expect((await createProject(`name=Neptun&${required}`, type)).status).toBe(201)
  })

  it.each([`${urlencoded}; charset=latin1`, 'application/x-www-form-urlencode'])('is rejected as %s', async (type) => {
    expect((await createProject(`name=Neptun&${required}`, type)).status).toBe(415)
  })

  it.each([
    ['plus signs and percent signs', 'name=a+b%2Bc%25%26d%3D', 'a b+c%&d='],
    ['UTF-8, percent-encoded', 'name=Zo%C3%AB+%F0%9F%AA%90', 'Zoë 🪐'],
    ['UTF-8 as it is', 'name=Zoë+🪐', 'Zoë 🪐'],
    ['an equals sign', 'name=a=b', 'a=b'],
    ['a percent-encoded field name', '%6Eame=a', 'a'],
    ['a byte order mark', '\ufeffname=a', 'a'],
    ['surrounding white space, which is trimmed', 'name=+a%0A', 'a'],
    ['text that would be JSON', 'name=null', 'null'],
  ])('may contain %s', async (_, name, expected) => {
    const { status, body } = await createProject(`${name}&${required}`)
    expect([status, body.project?.name]).toStrictEqual([201, expected])
  })

  it.each([
    ['no name', required, ['name']],
    ['nothing', '', ['name', 'project_type', 'programming_language']],
    ['an empty name', `name=&${required}`, ['name']],
    ['a name without a value', `name&${required}`, ['name']],
    ['a NUL character', `name=a%00b&${required}`, ['name']],
    ['a repeated field', `name=a&name=a&${required}`, ['name']],
    ['several repeated fields', `name=a&name=b&${required}&description=a&description=b`, ['name', 'description']],
    ['a percent sign without digits', `name=100%&${required}`, ['name']],
    ['invalid UTF-8', `name=%FF&${required}`, ['name']],
    ['an overlong encoding', `name=%C0%AF&${required}`, ['name']],
    ['an encoded surrogate', `name=%ED%A0%BD&${required}`, ['name']],
    ['a field name of invalid UTF-8', `name=a&${required}&%FF=1`, ['%FF']],
  ])('with %s names the invalid fields', async (_, raw, fields) => {
    const response = await createProject(raw)
    expect(response.status).toBe(400)
    expect(issueFields(response)).toStrictEqual(fields)
    expect(response.body).toStrictEqual(validationErrorBody(message))
  })

  it('may have unknown fields, even repeated ones and names of built-in properties', async () => {
    const unknown = 'x=1&x=2&name[]=b&__proto__=c&constructor=d&toString=e&%7B%22name%22:%22f%22%7D'
    const { status, body } = await createProject(`${unknown}&name=a&${required}`)
    expect([status, body.project?.name]).toStrictEqual([201, 'a'])
  })

  it('that is not UTF-8 is rejected as a whole', async () => {
    const bytes = Buffer.concat([Buffer.from('name=a'), Buffer.from([0xe9]), Buffer.from(`&${required}`)])
    const issues = [{ code: 'invalid_format', path: [], message: 'Must be a form in UTF-8' }]
    expect((await createProject(new Uint8Array(bytes))).body).toStrictEqual(validationErrorBody(message, issues))
  })

  it('has up to 100 fields, known or not', async () => {
    const others = (count: number) => '&x=1'.repeat(count)
    expect((await createProject(`name=a&${required}${others(97)}`)).status).toBe(201)
    const issues = [{ code: 'invalid_format', path: [], message: 'Must have at most 100 fields' }]
    for (const count of [98, 1_000_000]) {
      const { body } = await createProject(`name=a&${required}${others(count)}`)
      expect(body).toStrictEqual(validationErrorBody(message, issues))
    }
  })

  it('has the size limits of JSON', async () => {
    const ada = await signedInUser()
    const limit = 4.5 * 1024 * 1024
    const tooLarge = await send(ada, 'POST', `/api/users/${ada.id}/projects`, `name=${'a'.repeat(limit)}`)
    expectError(tooLarge, 413, `The request body exceeds the limit of ${limit} bytes.`)
    const login = await send(ada, 'POST', '/api/auth/login', `email=${'a'.repeat(16 * 1024)}`)
    expectError(login, 413, 'The request body exceeds the limit of 16384 bytes.')
  })

  it('may have no content type only if it is empty', async () => {
    const ada = await signedInUser()
    const raw = new TextEncoder().encode(`name=a&${required}`)
    expect((await ada.post(`/api/users/${ada.id}/projects`, undefined, { raw })).status).toBe(415)
  })
})

describe('a field of a form that does not take text', () => {
  async function userWithShare() {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const share = await createShare(ada, chat)
    return { ada, chat, share, path: `/api/users/${ada.id}/chats/${chat.id}` as const }
  }

  it('is JSON: a boolean', async () => {
    const { ada, share, path } = await userWithShare()
    expect((await send(ada, 'PATCH', `${path}/shares/${share.id}`, 'is_shared=false')).status).toBe(200)
    expect((await openShare(share.uuid)).status).toBe(404)
  })

  it('is JSON: a number or null', async () => {
    const { ada, path } = await userWithShare()
    const { projects: [project] } = (await ada.get(`/api/users/${ada.id}/projects`)).body
    const ofProject = async () => (await ada.get(`/api/users/${ada.id}/projects/${project!.id}/chats`)).body.chats
    expect((await send(ada, 'PATCH', path, 'project_id=null')).status).toBe(200)
    expect(await ofProject()).toHaveLength(0)
    expect((await send(ada, 'PATCH', path, `project_id=${project!.id}`)).status).toBe(200)
    expect(await ofProject()).toHaveLength(1)
  })

  it('is JSON: a list', async () => {
    const { ada, chat, path } = await userWithShare()
    const messages = JSON.stringify([{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Ho' }])
    const added = await send(ada, 'POST', `${path}/messages`, `messages=${encodeURIComponent(messages)}`)
    expect([added.status, added.body.chatMessages.map(({ content }) => content)]).toStrictEqual([201, ['Hi', 'Ho']])
    expect((await send(ada, 'DELETE', `/api/users/${ada.id}/chats`, `chat_ids=[${chat.id}]`)).status).toBe(200)
  })

  it.each([
    ['is_shared=yes', 'is_shared'], ['is_shared=', 'is_shared'], ['is_shared=False', 'is_shared'],
    ['is_shared="false"', 'is_shared'], ['is_shared=0', 'is_shared'], ['has_whitelist=true', 'has_whitelist'],
    ['is_shared=true&is_shared=true', 'is_shared'], [`is_shared=${'['.repeat(1000)}`, 'is_shared'],
  ])('is rejected, and named, otherwise: %s', async (raw, field) => {
    const { ada, share, path } = await userWithShare()
    const response = await send(ada, 'PATCH', `${path}/shares/${share.id}`, raw)
    expectInvalid(response, 'Invalid body(is_shared, password, hashed_password, expires_at, has_whitelist)', field)
    expect((await openShare(share.uuid)).status).toBe(200)
  })

  it.each(['emails=ada@example.com', 'emails[]=ada@example.com', 'emails=', 'ada@example.com'])(
    'never makes a whitelist of text: %s', async (raw) => {
      const { ada, share, path } = await userWithShare()
      const response = await send(ada, 'POST', `${path}/shares/${share.id}/whitelist-entries`, raw)
      expect([response.status, issueFields(response)]).toStrictEqual([400, ['emails']])
      const { body } = await ada.get(`${path}/shares`)
      expect(body!.share.has_whitelist).toBe(false)
    })
})

describe('a form for one message', () => {
  it('is appended', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${chat.id}/messages` as const
    const { status, body } = await send(ada, 'POST', path, 'message=2%2B2%3F&actor=user')
    expect([status, body.chatMessage.content, body.chatMessage.role]).toStrictEqual([201, '2+2?', 'user'])
    const differing = await send(ada, 'POST', path, 'message=a&content=b&actor=user')
    expectInvalid(differing, 'Invalid body(message, content, actor, role, files, messages)', 'message')
  })

  it('may have a file', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const [{ id }] = await appendMessages(ada, chat, 'Hi')
    const path = `/api/users/${ada.id}/chats/${chat.id}/files/${id}` as const
    const { status, body } = await send(ada, 'POST', path, 'title=a&text=x%3D1&extension=py')
    expect([status, body.chatFile.name, body.chatFile.text]).toStrictEqual([201, 'a.py', 'x=1'])
    const other = await ada.post(path, undefined, { raw: 'x', headers: { 'content-type': 'text/plain' } })
    expect(other.body).toStrictEqual(errorBody(415, notSupported.replace(/.$/, ', or multipart/form-data.')))
  })
})
