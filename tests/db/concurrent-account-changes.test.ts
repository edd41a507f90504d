import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { realServer } from '../support/databases.ts'
import { appendMessages, createChat, createProject, createShare, signedInUser } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { testServer } from '../support/test-server.ts'

describe('concurrent account changes', () => {
  it('leave no session from a login with the old password', async () => {
    const ada = await signedInUser()
    const credentials = { email: ada.email, password: ada.password }
    const changes = { password: 'another horse battery', current_password: ada.password }
    const [change, ...logins] = await Promise.all([
      ada.send('PATCH', `/api/users/${ada.id}`, changes),
      ...Array.from({ length: 20 }, () => request('POST', '/api/auth/login', credentials)),
    ])
    expect(change.status).toBe(200)
    expect(new Set([...logins.map(({ status }) => status), 200, 401])).toEqual(new Set([200, 401]))
    expect((await ada.get(`/api/users/${ada.id}/sessions`)).body.sessions).toHaveLength(1)
  })

  it('delete the accounts of two users on each other\'s whitelists', async () => {
    for (let i = 0; i < 5; i++) {
      const pair = [await signedInUser(), await signedInUser()] as const
      const [ada, eve] = pair
      for (let j = 0; j < 3; j++) {
        await createShare(ada, await createChat(ada), { emails: [eve.email] })
        await createShare(eve, await createChat(eve), { emails: [ada.email] })
      }
      const responses = await Promise.all(pair.map(user => user.send('DELETE', `/api/users/${user.id}`)))
      expect(responses.map(({ status }) => status)).toEqual([200, 200])
    }
  })

  it('delete an account and one of its projects', async () => {
    for (let i = 0; i < 5; i++) {
      const ada = await signedInUser()
      const project = await createProject(ada)
      for (let j = 0; j < 5; j++) await createChat(ada, {}, project)
      const [ofProject, ofAccount] = await Promise.all([
        ada.send('DELETE', `/api/users/${ada.id}/projects/${project.id}`),
        ada.send('DELETE', `/api/users/${ada.id}`),
      ])
      expect([200, 401, 404]).toContain(ofProject.status)
      expect(ofAccount.status).toBe(200)
    }
  })

  it.skipIf(!realServer)('lock the account before the chat whose last messages they delete', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    await appendMessages(ada, chat, 'Hello')
    const db = connectForMaintenance(testServer().databaseUrl)
    const deleteLast = () => ada.send('DELETE', `/api/users/${ada.id}/chats/${chat.id}/messages/last`)
    // The deletion of the account locks its row first, and its chats afterwards.
    const deleting = await db.transaction(async (tx) => {
      await tx.execute(sql`select from users where id = ${ada.id} for update`)
      const deleting = deleteLast()
      await setTimeout(300)
      await tx.execute(sql`select from chats where id = ${chat.id} for update nowait`)
      return [deleting]
    })
    expect((await deleting[0]!).status).toBe(200)
    await db.$client.end()
  })

  it('cause no server error while the account is deleted', async () => {
    const ada = await signedInUser()
    const project = { name: 'Late', project_type: 'backend', programming_language: 'rust' }
    const chat = { name: 'Late', model: 'google/gemma-2-27b-it' }
    const sendOthers = [
      () => ada.post(`/api/users/${ada.id}/projects`, project),
      () => ada.post(`/api/users/${ada.id}/chats`, chat),
      () => request('POST', '/api/auth/login', { email: ada.email, password: ada.password }),
    ]
    const deletion = 12
    const responses = await Promise.all(Array.from({ length: 30 }, (_, i) =>
      i === deletion ? ada.send('DELETE', `/api/users/${ada.id}`) : sendOthers[i % 3]!()))
    expect(responses[deletion]!.status).toBe(200)
    const statuses = responses.map(({ status }) => status)
    expect(statuses.filter(status => ![200, 201, 401, 404].includes(status))).toEqual([])
  })
})
