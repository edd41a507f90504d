import type { Sql } from 'postgres'
import { createSessionToken } from '#server/auth/session-cookie'

/** A user whose requests are measured, with a live session. */
export interface BenchUser {
  id: number
  /** The value of the session cookie. */
  token: string
  tokenHash: Uint8Array
  /** One of the user's projects. */
  project: number
  /** The ids of the user's chats, ascending. */
  chats: number[]
  /** The ids of the user's files, ascending. */
  files: number[]
  /** The uuid of an open share. */
  share: string
}

/** Starts a session for each of some users, and reads what they have. Each has a project, chats, files and a share. */
export async function readUsers(sql: Sql, ids: readonly number[]): Promise<BenchUser[]> {
  await sql`delete from sessions where neptun_user_id in ${sql(ids)}`
  return Promise.all(ids.map(async (id) => {
    const { token, tokenHash } = createSessionToken({ user_id: id })
    const idsFrom = async (table: string) => {
      const rows = await sql<{ id: string }[]>`select id from ${sql(table)} where neptun_user_id = ${id} order by id`
      return rows.map(row => Number(row.id))
    }
    await sql`insert into sessions (neptun_user_id, token_hash) values (${id}, ${tokenHash})`
    const [share] = await sql<{ uuid: string }[]>`select uuid from shares where neptun_user_id = ${id} order by id`
    const [project] = await idsFrom('projects')
    return {
      id,
      token,
      tokenHash,
      project: project!,
      chats: await idsFrom('chats'),
      files: await idsFrom('files'),
      share: share!.uuid,
    }
  }))
}
