import { createChat, createShare, sessionOf, type TestUser } from '../../tests/support/factories.ts'
import { rowsOf } from '../../tests/support/rows.ts'
import { createOneOfEach } from '../../tests/support/valid-requests.ts'
import type { Context } from '../part.ts'
import { logIn, sendersOf, signUp } from '../users.ts'
import { hasStatus, moment, times, together } from './run-together.ts'

/** Deletes an account while it is whitelisted, uploads, appends, shares, logs in and creates. */
export async function deleteAccount(context: Context): Promise<void> {
  const kind = 'delete account, use it'
  const { tally, url } = context
  const [user, friend] = await Promise.all([signUp(url), signUp(url)])
  const ids = await createOneOfEach(user)
  const unshared = await createChat(user, {}, { id: ids.project_id })
  const chat = `/api/users/${user.id}/chats/${ids.chat_id}`
  const whitelist = await whitelistOf(friend)
  const after = async <T>(start: () => Promise<T>) => {
    await moment()
    return start()
  }
  const form = { files: times(3, i => ({ title: `${i}.txt`, text: 'x'.repeat(10_000) })) }
  const used = [
    ...times(3, () => after(() => user.post(`${chat}/messages`, { actor: 'user', message: 'Still here' }))),
    ...times(3, () => after(() => user.post(`${chat}/files/${ids.message_id}`, form))),
    after(() => user.post(`/api/users/${user.id}/chats/${unshared.id}/shares`, { emails: [friend.email] })),
    after(() => user.post(`/api/users/${user.id}/chats`, { name: 'Late', model: 'a/b' })),
    after(() => user.post(`${chat}/shares/${ids.share_id}/whitelist-entries`, { emails: [friend.email] })),
    after(() => user.send('DELETE', `${chat}/messages/last`)),
  ]
  const [[deletion], , whitelisted, logins] = await Promise.all([
    together(context, kind, [200], [after(() => user.send('DELETE', `/api/users/${user.id}`))]),
    together(context, kind, [200, 201, 401, 404], used),
    together(context, kind, [201], times(3, () => after(() => friend.post(whitelist, { emails: [user.email] })))),
    together(context, kind, [200, 401], times(2, () => after(() => logIn(url, user)))),
  ])
  if (!hasStatus(200)(deletion)) return
  await expectNoRows(context, kind, user)
  const fall = (what: string) => tally.fell(kind, `${what} of the deleted user ${user.id}, ${user.email}`)
  const isLive = await Promise.all(logins.filter(hasStatus(200)).map(async login =>
    (await sendersOf(url, sessionOf(login)!).get('/api/auth/check')).status !== 401))
  if (isLive.includes(true)) fall('there is a session')
  if (whitelisted.some(hasStatus(201)) && (await friend.get(whitelist)).text.includes(user.email))
    fall('a whitelist has the address')
  const { status } = await logIn(url, user)
  if (status !== 401) fall(`a login gets ${status}, with the password`)
}

/** Deletes the accounts of users who are on each other's whitelists, all at once. */
export async function deleteEachOther(context: Context): Promise<void> {
  const kind = 'delete accounts, each other\'s'
  const users = await Promise.all(times(3, () => signUp(context.url)))
  const emails = users.map(({ email }) => email)
  await Promise.all(users.map(async user => createShare(user, await createChat(user), { emails })))
  const outcomes = await together(context, kind, [200], users.map(async (user) => {
    await moment()
    return user.send('DELETE', `/api/users/${user.id}`)
  }))
  for (const [i, user] of users.entries()) if (hasStatus(200)(outcomes[i])) await expectNoRows(context, kind, user)
}

/** The path of the whitelist of a new share. */
async function whitelistOf(user: TestUser): Promise<string> {
  const chat = await createChat(user)
  const share = await createShare(user, chat, {})
  return `/api/users/${user.id}/chats/${chat.id}/shares/${share.id}/whitelist-entries`
}

async function expectNoRows({ db, tally }: Context, kind: string, user: TestUser): Promise<void> {
  const rows = await rowsOf(db, user)
  if (Object.values(rows).some(keys => keys.length > 0))
    tally.fell(kind, `rows of the deleted user ${user.id} are left: ${JSON.stringify(rows)}`)
}
