import { contracts } from '#server/contracts/index'
import { parseRoute, type Contract } from '#server/contracts/kit/contract'
import type { Context, Part } from '../part.ts'
import { commandOf, cookieOf, send, type AttackRequest } from '../send.ts'
import { createCast, createOwner, storedOf, type Actor, type Cast } from './actors.ts'
import { attemptsOf, ownRequest } from './attempts.ts'

/** Endpoints of which somebody owns something. */
const owned = Object.values(contracts).filter(({ route }) => parseRoute(route).parameters.length > 0)

/** What the request of an owner gets that has nothing new to do. */
const conflicts: Record<string, number> = { 'POST /api/users/{user_id}/chats/{chat_id}/shares': 409 }

/** The list of own chats of a project that is not one's own is empty. */
const filtered = 'GET /api/users/{user_id}/chats'

export const matrix: Part = {
  title: 'every endpoint, for everybody but the owner, with each id replaced',
  prepare: async context => async () => {
    await runRound(context, () => true)
    while (context.secondsLeft() > 0) await runRound(context, () => context.secondsLeft() > 0)
  },
}

/** Attacks every endpoint, with users of its own, as long as there is time. */
async function runRound(context: Context, hasTime: () => boolean): Promise<void> {
  const cast = await createCast(context.url)
  let stored = await storedOf(context.db, cast)
  for (const contract of owned) {
    if (!hasTime()) return
    await Promise.all(cast.actors.map(actor => attackAs(context, contract, actor)))
    stored = await compareStored(context, contract, cast, stored)
  }
  for (const contract of owned) if (hasTime()) await attemptAsOwner(context, contract)
}

/** Sends everything that an actor can try at an endpoint. */
async function attackAs({ url, tally }: Context, contract: Contract, actor: Actor): Promise<void> {
  for (const { request, missing } of attemptsOf(contract, actor)) {
    tally.tried(actor.name)
    const [response, other] = await Promise.all([send(url, request), missing && send(url, missing)])
    const fall = (what: string) => tally.fell(actor.name, `${what}: ${response.text}`, commandOf(url, request))
    if (!isRefusal(contract, actor, request, response.status)) fall(`is answered with ${response.status}`)
    if (other && (other.status !== response.status || other.text !== response.text))
      fall(`differs from what is missing, which is ${other.status} ${other.text}`)
  }
}

/** Whether a status is one that reveals and changes nothing. */
function isRefusal({ route, session }: Contract, actor: Actor, { path }: AttackRequest, status: number): boolean {
  if (actor.isOtherSite) return status === 403
  if (route === filtered && path.includes('?')) return [200, 404].includes(status)
  // Links, and shares with a whitelist.
  if (session !== 'required') return [400, 401, 403, 404].includes(status)
  const isSignedIn = !['nobody', 'forged token', 'ended session'].includes(actor.name)
  return isSignedIn ? [400, 404].includes(status) : status === 401
}

/** Compares what is stored with what was before. Returns what is stored now. */
async function compareStored({ db, tally }: Context, { route }: Contract, cast: Cast, before: string): Promise<string> {
  const after = await storedOf(db, cast)
  tally.tried('stored rows')
  if (after !== before) tally.fell('stored rows', `${route} changed rows of others`, `${before}\n${after}`)
  return after
}

/** A new owner sends a valid request. If it failed, refusing the others would prove nothing. */
async function attemptAsOwner({ url, tally }: Context, contract: Contract): Promise<void> {
  const { user, ids, link } = await createOwner(url)
  const request = ownRequest(contract, { headers: cookieOf(user.session), user, base: ids, link })
  const { status, text } = await send(url, request)
  tally.tried('control')
  if (status !== (conflicts[contract.route] ?? contract.status))
    tally.fell('control', `${contract.route} is ${status} ${text} to the owner`, commandOf(url, request))
}
