import type { Database } from '#db/client'
import { createSessionToken } from '#server/auth/session-cookie'
import type { TestUser } from '../../tests/support/factories.ts'
import { contentsOf } from '../../tests/support/rows.ts'
import { createOneOfEach, type ResourceIds } from '../../tests/support/valid-requests.ts'
import { cookieOf } from '../send.ts'
import { logInAgain, signUp } from '../users.ts'

/** The password of the shares. Those who know it are not on the whitelist. */
const sharePassword = 'open sesame'

/** A user with a row of every kind. */
export interface Owner {
  user: TestUser
  ids: ResourceIds
  /** The query of a signed link to the file. */
  link: string
}

/** Who sends the requests of a round. */
export interface Actor {
  name: string
  headers: Record<string, string>
  /** The account that bodies name. */
  user: TestUser
  /** The ids that positions have which are not replaced. */
  base: ResourceIds
  /** The ids of somebody else. */
  foreign: ResourceIds
  /** The query of the signed links that the actor has. */
  link: string
  /** Whether browsers would say that the requests come from another site. */
  isOtherSite?: boolean
}

/** The users of a round: each has rows that nobody else may see or change. */
export interface Cast {
  owner: Owner
  neighbour: Owner
  actors: Actor[]
}

/** Signs up the users of a round. */
export async function createCast(url: string): Promise<Cast> {
  const [owner, neighbour, stranger] = await Promise.all([createOwner(url), createOwner(url), signUp(url)])
  const ended = await logInAgain(url, owner.user)
  await ended.post('/api/auth/logout')
  const forged = createSessionToken({ user_id: owner.user.id }).token
  const asOwner = { user: owner.user, base: owner.ids, foreign: owner.ids, link: '' }
  const actors: Actor[] = [
    { name: 'nobody', headers: {}, ...asOwner },
    { name: 'forged token', headers: cookieOf(forged), ...asOwner },
    { name: 'ended session', headers: cookieOf(ended.session), ...asOwner },
    {
      name: 'stranger',
      headers: cookieOf(stranger.session),
      user: stranger,
      base: { ...owner.ids, user_id: stranger.id },
      foreign: owner.ids,
      link: '',
    },
    {
      name: 'neighbour',
      headers: cookieOf(neighbour.user.session),
      user: neighbour.user,
      base: neighbour.ids,
      foreign: owner.ids,
      link: neighbour.link,
    },
    {
      name: 'owner',
      headers: cookieOf(owner.user.session),
      user: owner.user,
      base: owner.ids,
      foreign: neighbour.ids,
      link: owner.link,
    },
    {
      name: 'page of another site',
      headers: { ...cookieOf(owner.user.session), 'sec-fetch-site': 'cross-site', 'origin': 'https://example.com' },
      ...asOwner,
      isOtherSite: true,
    },
  ]
  return { owner, neighbour, actors }
}

/** Signs up a user with a row of every kind. */
export async function createOwner(url: string): Promise<Owner> {
  const user = await signUp(url)
  const ids = await createOneOfEach(user, { password: sharePassword, emails: [user.email] })
  const path = `/api/users/${user.id}/chats/${ids.chat_id}/messages/${ids.message_id}/files/${ids.file_id}` as const
  const { body } = await user.get(path)
  return { user, ids, link: new URL(body.chatFile.url).search }
}

/** Everything that is stored of the owner and of the neighbour, as text that can be compared. */
export async function storedOf(db: Database, { owner, neighbour }: Cast): Promise<string> {
  return await contentsOf(db, owner.user) + await contentsOf(db, neighbour.user)
}
