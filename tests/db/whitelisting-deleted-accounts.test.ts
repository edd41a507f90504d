import { describe, expect, it } from 'vitest'
import { createChat, signedInUser, type TestUser } from '../support/factories.ts'
import { createSharedChat } from '../support/shares.ts'

/** The different statuses of responses. */
const statusesOf = (responses: { status: number }[]) => new Set(responses.map(({ status }) => status))

const deleteAccounts = (people: TestUser[]) =>
  Promise.all(people.map(person => person.send('DELETE', `/api/users/${person.id}`)))

describe('whitelisting people whose accounts are being deleted', () => {
  it('treats them as people without an account', async () => {
    const shares = await Promise.all(Array.from({ length: 4 }, () => createSharedChat()))
    const people = await Promise.all(Array.from({ length: 16 }, () => signedInUser()))
    const emails = people.map(({ email }) => email)
    const [added, deleted] = await Promise.all([
      Promise.all(people.flatMap(({ email }) => shares.map(({ whitelist }) => whitelist(email, ...emails)))),
      deleteAccounts(people),
    ])
    expect(statusesOf(added)).toEqual(new Set([201]))
    expect(statusesOf(deleted)).toEqual(new Set([200]))
    for (const { whitelist } of shares) expect((await whitelist(...emails)).body.shareWhitelistEntries).toEqual([])
  })

  it('treats them so in a new share', async () => {
    const owner = await signedInUser()
    const chats = await Promise.all(Array.from({ length: 32 }, () => createChat(owner)))
    const people = await Promise.all(Array.from({ length: 12 }, () => signedInUser()))
    const emails = people.map(({ email }) => email)
    const [created, deleted] = await Promise.all([
      Promise.all(chats.map(chat => owner.post(`/api/users/${owner.id}/chats/${chat.id}/shares`, { emails }))),
      deleteAccounts(people),
    ])
    expect(statusesOf(created)).toEqual(new Set([201]))
    expect(statusesOf(deleted)).toEqual(new Set([200]))
  })

  it('causes no server error if they are on each other\'s whitelists', async () => {
    for (const deleting of [6, 12]) {
      const people = await Promise.all(Array.from({ length: 12 }, () => createSharedChat()))
      const emails = people.map(({ owner }) => owner.email)
      await Promise.all(people.map(({ whitelist }) => whitelist(...emails)))
      const [added, deleted] = await Promise.all([
        Promise.all(people.flatMap(({ whitelist }) => emails.map(email => whitelist(email, ...emails)))),
        deleteAccounts(people.slice(0, deleting).map(({ owner }) => owner)),
      ])
      // Those whose account has been deleted have no session any more, or no share.
      expect([...statusesOf(added)].filter(status => ![201, 401, 404].includes(status))).toEqual([])
      expect(statusesOf(deleted)).toEqual(new Set([200]))
    }
  })
})
