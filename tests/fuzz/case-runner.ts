import { Agent } from 'node:http'
import { inject } from 'vitest'
import { parse, type Answer } from '../support/http.ts'
import { listOf, targetOf, type Case, type Draft } from './valid-requests.ts'
import type { Told } from './ownership-queries.ts'
import { isExplained, rowsIn } from './responses.ts'
import { operationOf, type Operation } from './operations.ts'
import { curlOf, send } from './send.ts'
import type { Tally } from './status-counts.ts'
import { newWorld, type Neighbour, type World } from './fixture.ts'

/** A world that nothing destroyed is left after so many requests, so that its lists stay short. */
const longestLife = 150

/** A request that is about to be sent into a world. */
export interface Attempt {
  operation: Operation
  isValid: boolean
  draftIn: Case
}

/** What attempts leave behind for looks into the database. */
export interface Traces {
  tally: Tally
  told: Told[]
  /** Addresses that were named for a whitelist. */
  named: Set<string>
}

/**
 * Somebody who makes a world, and a new one whenever the last is destroyed, and sends one request after another into it.
 * @returns what sends a request, and throws an Error if its answer is none that it may have
 */
export function attemptsBy(neighbour: Neighbour, { tally, told, named }: Traces): (attempt: Attempt) => Promise<void> {
  const agent = new Agent({ keepAlive: true })
  let world: World | undefined
  let life = 0
  return async ({ operation, isValid, draftIn }) => {
    if (life++ % longestLife === 0) world = undefined
    world ??= await newWorld(neighbour)
    const draft = draftIn(world)
    const sentTo = operationOf(draft.method, draft.path)
    try {
      const answer = await send(draft, agent)
      tally.add(isValid ? operation.name : sentTo?.name ?? 'nowhere', isValid, answer?.status)
      if (isValid && !isExplained(operation, answer!)) throw new Error(`A valid request is answered ${answer!.status}: ${answer!.text}`)
      if (answer) told.push(...toldBy(answer, operation.name === 'signUp' ? answer.body?.user?.id : world.person.id))
      for (const email of emailsIn(draft)) named.add(email)
      if (answer) keepCursor(answer, draft, world)
      world = await worldAfter(world, draft, sentTo, answer)
    }
    catch (error) {
      world = undefined
      throw new Error(`${(error as Error).message}\n${curlOf(draft, inject('baseUrl'))}`, { cause: error })
    }
  }
}

/**
 * The rows that an answer gives somebody as their own; whoever signs up is somebody new.
 * @throws Error if one of them is another user
 */
function toldBy({ status, body, text }: Answer, owner: number): Told[] {
  if (status >= 500) throw new Error(`Answered ${status}: ${text}`)
  const rows = status < 400 ? rowsIn(body) : []
  if (rows.some(({ table, id }) => table === 'users' && id !== owner)) throw new Error(`Is told of somebody else: ${text}`)
  return rows.map(row => ({ ...row, owner }))
}

function emailsIn({ body }: Draft): string[] {
  const { emails } = (parse(body?.toString() ?? '') ?? {}) as { emails?: unknown }
  return Array.isArray(emails) ? emails.filter(email => typeof email === 'string').map(email => email.trim().toLowerCase()) : []
}

/** For a request that goes on in the same list. */
function keepCursor({ body }: Answer, draft: Draft, { cursors }: World): void {
  if (typeof body?.next_cursor !== 'string') return
  const [path, query] = targetOf(draft).split('?')
  cursors.set(listOf(path!, Object.fromEntries(new URLSearchParams(query))), body.next_cursor)
}

/** What is left of a world: undefined if not even the session is. */
async function worldAfter(world: World, draft: Draft, sentTo?: Operation, answer?: Answer): Promise<World | undefined> {
  if (['GET', 'HEAD', 'OPTIONS'].includes(draft.method)) return world
  if (!answer) return undefined
  if (answer.status >= 400) return world
  if (!sentTo || ['logOut', 'changeUser', 'deleteUser', 'endSession'].includes(sentTo.name)) return undefined
  return draft.method === 'DELETE' ? newWorld(world.neighbour, world.person) : world
}
