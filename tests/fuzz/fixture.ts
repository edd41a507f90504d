import { randomUUID } from 'node:crypto'
import { chatOf, signedInUser, type Person } from '../support/world.ts'
import { worldOf, type Ids } from '../support/everything.ts'

/** Somebody, one thing of each kind that is theirs, and somebody else whom they must not reach. */
export interface World {
  person: Person
  ids: Ids
  /** A chat without a share. */
  loneChat: { id: number }
  /** The query of the link to the file. */
  link: Record<string, string>
  /** By list, the cursor to its next page. */
  cursors: Map<string, string>
  neighbour: Neighbour
}

export interface Neighbour {
  person: Person
  ids: Ids
}

/** Somebody whom nobody else could be: not even those who hit on their address know their password. */
export async function newNeighbour(): Promise<Neighbour> {
  const person = await signedInUser()
  const { status } = await person.send('PATCH', `/api/users/${person.id}`, { password: randomUUID(), current_password: person.password })
  if (status !== 200) throw new Error(`The password of the neighbour could not be changed: ${status}`)
  return { person, ids: await worldOf(person) }
}

/** A new world, for somebody new unless they are given. */
export async function newWorld(neighbour: Neighbour, person?: Person): Promise<World> {
  person ??= await signedInUser()
  const ids = await worldOf(person)
  const { body } = await person.get(`/api/users/${ids.user_id}/chats/${ids.chat_id}/messages/${ids.message_id}/files/${ids.file_id}`)
  const link = Object.fromEntries(new URL(body.chatFile.url as string).searchParams)
  const loneChat = await chatOf(person, {}, { id: ids.project_id })
  return { person, ids, loneChat, link, cursors: new Map(), neighbour }
}
