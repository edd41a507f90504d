import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { chats } from '#db/schema/chats'
import { appendMessages, createChat, signedInUser } from '../support/factories.ts'
import { useDatabase } from '../support/use-database.ts'

const db = useDatabase()

describe('the time of an update', () => {
  it('is the current time', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const [before, [message], after] = [Date.now(), await appendMessages(ada, chat, 'Hello'), Date.now()]
    // The clocks of the database and of this process may differ, but by less than a minute.
    expect(Date.parse(message.created_at)).toBeGreaterThan(before - 60_000)
    expect(Date.parse(message.created_at)).toBeLessThan(after + 60_000)
  })

  it('never precedes the previous update, even after the clock was set back', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const inAnHour = new Date(Date.now() + 60 * 60 * 1000)
    await db.update(chats).set({ updated_at: inAnHour })
      .where(and(eq(chats.neptun_user_id, ada.id), eq(chats.id, chat.id)))
    const [message] = await appendMessages(ada, chat, 'Hello')
    expect(message.created_at).toBe(inAnHour.toISOString())
    const { body } = await ada.get(`/api/users/${ada.id}/chats/${chat.id}`)
    expect(body.chat.updated_at).toBe(inAnHour.toISOString())
  })
})
