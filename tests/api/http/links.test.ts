import { describe, expect, it } from 'vitest'
import { errorBody } from '../../support/expect.ts'
import { appendMessages, createChat, createShare, signedInUser } from '../../support/factories.ts'
import { rawRequest } from '../../support/raw.ts'

describe('a link in a response', () => {
  const forwarded = {
    'x-forwarded-host': 'evil.example', 'forwarded': 'host=evil.example', 'x-original-host': 'evil.example',
  }

  it('uses the Host header and ignores forwarding headers', async () => {
    const ada = await signedInUser({ headers: forwarded })
    const chat = await createChat(ada)
    const options = { headers: { ...forwarded, cookie: `neptun-session=${ada.session}` } }
    const message = { message: 'Look', actor: 'user', files: [{ title: 'a.txt', text: '' }] }
    const chatPath = `/api/users/${ada.id}/chats/${chat.id}`
    for (const { text, status } of [
      await ada.post(`${chatPath}/messages`, message, options),
      await ada.post(`${chatPath}/shares`, {}, options),
      await ada.get(`${chatPath}/shares`, options),
      await ada.get(`${chatPath}/files`, options),
      await ada.get(`${chatPath}/messages`, options),
    ]) {
      expect([200, 201]).toContain(status)
      expect(text).toContain('"url":"http://127.0.0.1:')
      expect(text).not.toContain('evil')
    }
  })

  it.each([
    'a b', 'a"b', '[', 'a/b', 'a?b', 'a@b', '<x>', 'a:99999', '999.1.1.1',
  ])('requires a well-formed Host header: %j returns 400 and writes nothing', async (host) => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    await appendMessages(ada, chat, { message: 'Look', files: [{ title: 'a.txt', text: '' }] })
    const headers = { host, 'cookie': `neptun-session=${ada.session}`, 'content-type': 'application/json' }
    const chatPath = `/api/users/${ada.id}/chats/${chat.id}`
    for (const [method, resource] of [['GET', 'files'], ['GET', 'messages'], ['POST', 'shares']] as const) {
      const chunks = method === 'POST' ? ['{}'] : []
      const { status, body } = await rawRequest(method, `${chatPath}/${resource}`, { headers, chunks })
      const expected = errorBody(400, 'The Host header is malformed.')
      expect([resource, status, body]).toStrictEqual([resource, 400, expected])
    }
    expect((await ada.get(`${chatPath}/shares`)).body).toBeNull()
  })

  it.each([
    'api.example.com', 'API.example.com:8443', '127.0.0.1', '[::1]:3000', 'my_service',
  ])('starts with the host of the request: %s', async (host) => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    await createShare(ada, chat)
    const headers = { host, cookie: `neptun-session=${ada.session}` }
    const { body } = await rawRequest('GET', `/api/users/${ada.id}/chats/${chat.id}/shares`, { headers })
    const { uuid, share } = body!
    expect(share.url).toBe(`http://${host}/api/shared/chats/${uuid}`)
  })
})
