import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { usage } from '#db/schema/usage'
import { expectError, expectJson } from '../../support/expect.ts'
import {
  addMessagesAndShare, createChat, createChatWithoutProject, createProject, logInAgain, openShare, signedInUser,
  validPassword, type TestUser,
} from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { follow } from '../../support/raw.ts'
import { remainingRows, rowCounts, rowsOf, tableNames, tablesWithoutData } from '../../support/rows.ts'
import { activeShareInfo, createSharedChat, expectShareRefusal } from '../../support/shares.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

const pathOf = (person: { id: number }) => `/api/users/${person.id}`
const deleteAccount = (person: TestUser) => person.send('DELETE', pathOf(person))

describe('DELETE /api/users/[user_id]', () => {
  it('returns true and clears the cookie', async () => {
    const ada = await signedInUser()
    const answer = await deleteAccount(ada)
    expectJson(answer, 200, true)
    const [pair, ...attributes] = answer.headers.get('set-cookie')!.split('; ')
    expect(pair).toBe('neptun-session=')
    expect(attributes).toContain('Max-Age=0')
    expect(attributes).toContain('Path=/')
  })

  it('ends all sessions and rejects further logins', async () => {
    const ada = await signedInUser()
    const other = await logInAgain(ada)
    await deleteAccount(ada)
    for (const person of [ada, other])
      expectError(await person.get(pathOf(person)), 401, 'You do not have access to view the information.')
    const credentials = { email: ada.email, password: ada.password }
    expect((await request('POST', '/api/auth/login', credentials)).status).toBe(401)
  })

  it('frees the email address for a new account, which inherits nothing', async () => {
    const ada = await signedInUser()
    await createProject(ada)
    await deleteAccount(ada)
    const credentials = { email: ada.email, password: validPassword }
    const { status, body } = await request('POST', '/api/auth/sign-up', credentials)
    expect(status).toBe(201)
    expect(body.user.id).not.toBe(ada.id)
    expect((await rowsOf(db, body.user)).projects).toStrictEqual([])
  })

  it('deletes all rows of the user from every table, and only those', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    for (const person of [ada, eve]) {
      await addMessagesAndShare(person, await createChat(person))
      await addMessagesAndShare(person, await createChatWithoutProject(person))
    }
    const [rowsOfAda, rowsOfEve] = [await rowsOf(db, ada), await rowsOf(db, eve)]
    const all = (await tableNames(db)).filter(name => !tablesWithoutData.includes(name))
    expect(Object.keys(rowsOfAda).sort()).toStrictEqual(all.sort())
    expect(Object.entries(rowsOfAda).filter(([, ids]) => ids.length === 0)).toStrictEqual([])
    expectJson(await deleteAccount(ada), 200, true)
    expect(await db.$count(usage, eq(usage.neptun_user_id, ada.id))).toBe(0)
    const remaining = rowCounts(await remainingRows(db, rowsOfAda))
    expect(Object.values(remaining)).toStrictEqual(Object.keys(rowsOfAda).map(() => 0))
    expect(await rowsOf(db, eve)).toStrictEqual(rowsOfEve)
  })

  it('invalidates links to shared chats and files', async () => {
    const ada = await signedInUser()
    const { file, share } = await addMessagesAndShare(ada, await createChat(ada))
    expect((await follow(file.url)).status).toBe(200)
    await deleteAccount(ada)
    expectError(await follow(file.url), 404, 'File not found')
    expect((await openShare(share.uuid)).status).toBe(404)
  })

  it('keeps a share restricted when the deleted user was its only whitelist entry', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { owner, uuid, id } = await createSharedChat({ emails: [ada.email] })
    const open = (person: TestUser) => person.get(`/api/shared/chats/${uuid}`)
    expect((await open(ada)).status).toBe(200)
    await deleteAccount(ada)
    expectShareRefusal(await open(eve), 403, activeShareInfo('whitelist'))
    expectShareRefusal(await open(ada), 401, activeShareInfo('whitelist'))
    expectShareRefusal(await openShare(uuid), 401, activeShareInfo('whitelist'))
    expect((await open(owner)).status).toBe(200)
    const entries = await db.execute(sql`select id from whitelist_entries where chat_conversation_share_id = ${id}`)
    expect([...entries]).toStrictEqual([])
  })
})
