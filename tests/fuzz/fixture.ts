import { randomUUID } from 'node:crypto'
import { createChat, signedInUser, type TestUser } from '../support/factories.ts'
import { createOneOfEach, type ResourceIds } from '../support/valid-requests.ts'

/** A user with one resource of each kind, and another user whose resources must stay out of reach. */
export interface Fixture {
  user: TestUser
  ids: ResourceIds
  unsharedChat: { id: number }
  /** The query parameters of the signed link to the file. */
  linkQuery: Record<string, string>
  /** The cursor of the next page, by list. */
  cursors: Map<string, string>
  otherUser: OtherUser
}

export interface OtherUser {
  user: TestUser
  ids: ResourceIds
}

/** Creates the other user with a random password, so that no generated login can succeed. */
export async function createOtherUser(): Promise<OtherUser> {
  const user = await signedInUser()
  const changes = { password: randomUUID(), current_password: user.password }
  const { status } = await user.send('PATCH', `/api/users/${user.id}`, changes)
  if (status !== 200) throw new Error(`Changing the password of the other user returned ${status}`)
  return { user, ids: await createOneOfEach(user) }
}

/** Creates the resources of a fixture, for a new user by default. */
export async function createFixture(otherUser: OtherUser, user?: TestUser): Promise<Fixture> {
  user ??= await signedInUser()
  const ids = await createOneOfEach(user)
  const message = `/api/users/${ids.user_id}/chats/${ids.chat_id}/messages/${ids.message_id}` as const
  const { body } = await user.get(`${message}/files/${ids.file_id}`)
  const linkQuery = Object.fromEntries(new URL(body.chatFile.url).searchParams)
  const unsharedChat = await createChat(user, {}, { id: ids.project_id })
  return { user, ids, unsharedChat, linkQuery, cursors: new Map(), otherUser }
}
