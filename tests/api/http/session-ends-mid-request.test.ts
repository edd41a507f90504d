import { setTimeout } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { shares } from '#db/schema/shares'
import { expectError } from '../../support/expect.ts'
import { createChat, logInAgain, signedInUser, type TestUser } from '../../support/factories.ts'
import { request, type ApiResponse } from '../../support/http.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

/** A request whose body arrives in two parts. Between them, something else happens. */
async function sendInTwoParts(
  person: TestUser,
  path: string,
  body: string,
  type: string,
  between: () => Promise<unknown>,
): Promise<ApiResponse> {
  const bytes = Buffer.from(body)
  const raw = new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes.subarray(0, bytes.length / 2))
      // The session has been looked up by then.
      await setTimeout(300)
      await between()
      controller.enqueue(bytes.subarray(bytes.length / 2))
      controller.close()
    },
  })
  return request('POST', path, undefined, {
    raw, headers: { 'content-type': type, 'cookie': `neptun-session=${person.session}` },
  })
}

describe('a session that ends while the request body is arriving', () => {
  it.each<[string, (person: TestUser, other: TestUser) => Promise<unknown>]>([
    ['by a new password', (person, other) => other.send('PATCH', `/api/users/${person.id}`,
      { password: 'another horse battery', current_password: person.password })],
    ['by logging out', person => person.post('/api/auth/logout')],
    ['with its account', person => person.send('DELETE', `/api/users/${person.id}`)],
  ])('%s no longer writes', async (_, end) => {
    const ada = await signedInUser()
    const other = await logInAgain(ada)
    const chat = await createChat(ada)
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares`
    const response = await sendInTwoParts(ada, path, '{"is_shared":true}', 'application/json', () => end(ada, other))
    expectError(response, 401, 'You do not have access to view the information.')
    const stored = await db.select({ id: shares.id }).from(shares).where(eq(shares.chat_conversation_id, chat.id))
    expect(stored).toEqual([])
  })

  it('still writes if it is alive', async () => {
    const ada = await signedInUser()
    const path = `/api/users/${ada.id}/chats`
    const response = await sendInTwoParts(ada, path, '{"name":"A","model":"openai/gpt-4o"}', 'application/json',
      () => Promise.resolve())
    expect(response.status).toBe(201)
  })
})
