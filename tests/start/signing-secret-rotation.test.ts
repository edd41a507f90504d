import { expect, it } from 'vitest'
import { appendMessages, createChat, createShare, signedInUser } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { startServer, testEnvironment } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'

const newSecret = 'another secret, which replaces the one of the tests'

/** Starts another server on the database of this worker. */
const startOther = (environment: Record<string, string>) => startServer({
  ...testEnvironment, DATABASE_URL: testServer().databaseUrl, NUXT_DATABASE_POOL_SIZE: '1', ...environment,
})

it('keeps what the previous signing secret has signed valid, for as long as the server knows that secret', async () => {
  const ada = await signedInUser()
  const chat = await createChat(ada)
  await createChat(ada)
  const files = [{ title: 'a.py', text: '1' }]
  const [{ files: [file] }] = await appendMessages(ada, chat, { message: 'Look', files })
  const { uuid } = await createShare(ada, chat, { password: 'open sesame' })
  const unlocked = await request('POST', `/api/shared/chats/${uuid}/unlock`, { password: 'open sesame' })
  const [unlockCookie] = unlocked.headers.get('set-cookie')!.split(';')
  const { body: { next_cursor } } = await ada.get(`/api/users/${ada.id}/chats?limit=1`)

  const createWithKey = (baseUrl?: string) => ada.post(`/api/users/${ada.id}/chats`, {
    name: 'Once', model: 'google/gemma-2-27b-it',
  }, { headers: { 'idempotency-key': 'key' }, baseUrl })
  await createWithKey()

  const statusesOn = async (baseUrl: string) => {
    const { pathname, search } = new URL(file!.url)
    const download = await request('GET', pathname + search, undefined, { baseUrl })
    const headers = { cookie: unlockCookie! }
    const shared = await request('GET', `/api/shared/chats/${uuid}`, undefined, { baseUrl, headers })
    const page = await ada.get(`/api/users/${ada.id}/chats?limit=1&cursor=${next_cursor}`, { baseUrl })
    return [download.status, shared.status, page.status, (await createWithKey(baseUrl)).status]
  }

  const rotated = await startOther({
    NUXT_SIGNING_SECRET: newSecret, NUXT_PREVIOUS_SIGNING_SECRET: testEnvironment.NUXT_SIGNING_SECRET,
  })
  const afterRotation = await statusesOn(rotated.url)
  const { body: { chatFiles } } = await ada.get(`/api/users/${ada.id}/chats/${chat.id}/files`, { baseUrl: rotated.url })
  await rotated.stop()
  const forgetful = await startOther({ NUXT_SIGNING_SECRET: newSecret })
  const later = await statusesOn(forgetful.url)
  const { pathname, search } = new URL(chatFiles[0]!.url)
  const newLink = await request('GET', pathname + search, undefined, { baseUrl: forgetful.url })
  await forgetful.stop()

  expect(afterRotation).toEqual([200, 200, 200, 201])
  expect(later).toEqual([403, 401, 400, 422])
  // The new secret signs, not the previous one.
  expect(newLink.status).toBe(200)
})
