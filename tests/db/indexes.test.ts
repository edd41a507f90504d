import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { useDatabase } from '../support/use-database.ts'

const db = useDatabase()

describe('list indexes', () => {
  it.each([
    ['chats_of_project_by_updated_at', sql`
      select * from chats where project_id = 1 order by updated_at desc, id desc limit 51`],
    ['chats_of_project_by_created_at', sql`
      select * from chats where project_id = 1 order by created_at, id limit 51`],
    ['chats_of_project_by_name', sql`
      select * from chats where project_id = 1 and (name, id) > ('m', 7) order by name, id limit 51`],
    ['chats_of_project_by_model', sql`
      select * from chats where project_id = 1 order by model desc, id desc limit 51`],
    ['chats_of_project', sql`
      select * from chats where project_id = 1 order by id desc limit 51`],
    ['projects_of_user', sql`
      select * from projects where neptun_user_id = 1 order by id desc limit 51`],
    ['messages_of_chat', sql`
      select * from messages where chat_conversation_id = 1 order by id limit 51`],
    ['files_of_chat', sql`
      select * from files where chat_conversation_id = 1 order by id limit 51`],
  ])('return rows in order without a sort: %s', async (index, query) => {
    const plan = await db.transaction(async (tx) => {
      // The planner scans and sorts small tables even if an index fits, so both are disabled. The queries omit the
      // condition on the owner, because with few rows any index would satisfy it.
      await tx.execute(sql`set local enable_seqscan = off`)
      await tx.execute(sql`set local enable_sort = off`)
      return tx.execute(sql`explain ${query}`)
    })
    const text = plan.map(row => Object.values(row)[0]).join('\n')
    expect(text).toContain(index)
    expect(text).not.toContain('Sort')
  })
})
