import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { expectError, expectInvalid } from '../support/expect.ts'
import { signedInUser, type TestUser } from '../support/factories.ts'
import { toForm, urlencoded } from '../support/forms.ts'
import { createOneOfEach, fillPath, validBodyOf, type ResourceIds } from '../support/valid-requests.ts'

const withBody = Object.values(contracts).filter(({ body }) => body).map(({ route, status }) => {
  const [method, path] = route.split(' ') as [string, string]
  return { route, method, path, status }
})

/** A valid form for an endpoint. */
const formOf = (route: string, person: TestUser, ids: ResourceIds) =>
  toForm({ is_shared: true, ...validBodyOf(route, person, ids) })

const sendForm = (person: TestUser, method: string, path: string, raw: string, headers = {}) =>
  person.send(method, path, undefined, { raw, headers: { 'content-type': urlencoded, ...headers } })

async function userWithOneOfEach(route: string) {
  const ada = await signedInUser()
  const ids = await createOneOfEach(ada, { password: 'open sesame', emails: [ada.email] })
  const share = '/api/users/{user_id}/chats/{chat_id}/shares/{share_id}'
  if (route.endsWith('/shares')) await ada.send('DELETE', fillPath(share, ids))
  return { ada, ids }
}

describe.each(withBody)('$route', ({ route, method, path, status }) => {
  it('takes a form with the fields of its JSON', async () => {
    const { ada, ids } = await userWithOneOfEach(route)
    const response = await sendForm(ada, method, fillPath(path, ids), formOf(route, ada, ids))
    expect([response.status, response.text]).toStrictEqual([status, expect.any(String)])
  })

  it('rejects a form with a repeated field, and names it', async () => {
    const { ada, ids } = await userWithOneOfEach(route)
    const form = formOf(route, ada, ids).replace('is_shared=true&', '')
    const [first] = form.split('&')
    const response = await sendForm(ada, method, fillPath(path, ids), `${form}&${first}`)
    expectInvalid(response, response.error.message, first!.split('=')[0]!)
    expect(response.error.data.issues[0]!.message).toBe('Must not be repeated')
  })

  it('rejects a form of another site', async () => {
    const { ada, ids } = await userWithOneOfEach(route)
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const response = await sendForm(ada, method, fillPath(path, ids), formOf(route, ada, ids), headers)
      expectError(response, 403, 'Changes from other sites are not allowed.')
      expect(response.headers.get('set-cookie')).toBeNull()
    }
  })
})
