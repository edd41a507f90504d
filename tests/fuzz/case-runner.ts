import { Agent } from 'node:http'
import { parseJson, type ApiResponse } from '../support/http.ts'
import { testServer } from '../support/test-server.ts'
import { listKey, targetOf, type Draft, type DraftBuilder } from './draft.ts'
import { createFixture, type Fixture, type OtherUser } from './fixture.ts'
import { findOperation, type Operation } from './operations.ts'
import type { OwnedRow } from './ownership-queries.ts'
import { isExpected, rowsIn } from './responses.ts'
import { send, toCurl } from './send.ts'
import type { StatusCounts } from './status-counts.ts'

/** Requests after which a fixture is replaced, so that its lists stay short. */
const maxRequestsPerFixture = 150

export interface Case {
  operation: Operation
  isValid: boolean
  build: DraftBuilder
}

/** What the cases record for the checks of a round. */
export interface Records {
  statusCounts: StatusCounts
  /** Rows that a response presented to a user as their own. */
  presentedRows: OwnedRow[]
  /** Email addresses that a request named for a whitelist. */
  invitedEmails: Set<string>
}

/**
 * Creates a function that sends one case after the other from the same user, and replaces the fixture when a request
 * destroys it.
 * @returns a function that throws if the response is not allowed
 */
export function createCaseRunner(otherUser: OtherUser, records: Records): (testCase: Case) => Promise<void> {
  const { statusCounts, presentedRows, invitedEmails } = records
  const agent = new Agent({ keepAlive: true })
  let fixture: Fixture | undefined
  let requests = 0
  return async ({ operation, isValid, build }) => {
    if (requests++ % maxRequestsPerFixture === 0) fixture = undefined
    fixture ??= await createFixture(otherUser)
    const draft = build(fixture)
    const target = findOperation(draft.method, draft.path)
    try {
      const response = await send(draft, agent)
      statusCounts.add(isValid ? operation.name : target?.name ?? '(no operation)', isValid, response?.status)
      if (isValid && !isExpected(operation, response!))
        throw new Error(`Valid request failed with ${response!.status}: ${response!.text}`)
      if (response) {
        const newUserId = operation.name === 'signUp' ? userIdIn(response) : undefined
        presentedRows.push(...presentedTo(newUserId ?? fixture.user.id, response))
      }
      for (const email of emailsIn(draft)) invitedEmails.add(email)
      if (response) keepCursor(response, draft, fixture)
      fixture = await fixtureAfter(fixture, draft, target, response)
    }
    catch (error) {
      fixture = undefined
      throw new Error(`${(error as Error).message}\n${toCurl(draft, testServer().baseUrl)}`, { cause: error })
    }
  }
}

/** Returns the id of the user in a response; undefined if there is none. */
const userIdIn = ({ body }: ApiResponse) => (body as { user?: { id: number } } | null | undefined)?.user?.id

/**
 * Returns the rows that a response presents to a user as their own.
 * @throws Error if the response is a server error or contains another user
 */
function presentedTo(owner: number, { status, body, text }: ApiResponse): OwnedRow[] {
  if (status >= 500) throw new Error(`Server error ${status}: ${text}`)
  const rows = status < 400 ? rowsIn(body) : []
  if (rows.some(({ table, id }) => table === 'users' && id !== owner))
    throw new Error(`Response contains another user: ${text}`)
  return rows.map(row => ({ ...row, owner }))
}

/** The addresses that a body names for a whitelist: in an object, in a list, or in a form. */
function emailsIn({ body }: Draft): string[] {
  const text = body?.toString() ?? ''
  const json = parseJson(text) as { emails?: unknown } | null | undefined
  const lists = [json, json?.emails, parseJson(new URLSearchParams(text).get('emails') ?? '')]
  return lists.flatMap(list => Array.isArray(list) ? list as unknown[] : [])
    .filter(email => typeof email === 'string').map(email => email.trim().toLowerCase())
}

/** Keeps the cursor of a page for a later request for the same list. */
function keepCursor({ body }: ApiResponse, draft: Draft, { cursors }: Fixture): void {
  const { next_cursor } = (body ?? {}) as { next_cursor?: unknown }
  if (typeof next_cursor !== 'string') return
  const [path, query] = targetOf(draft).split('?')
  cursors.set(listKey(path!, Object.fromEntries(new URLSearchParams(query))), next_cursor)
}

/** Returns the fixture for the next request: undefined if the session may have ended, new resources after a DELETE. */
async function fixtureAfter(
  fixture: Fixture,
  draft: Draft,
  target?: Operation,
  response?: ApiResponse,
): Promise<Fixture | undefined> {
  if (['GET', 'HEAD', 'OPTIONS'].includes(draft.method)) return fixture
  if (!response) return undefined
  if (response.status >= 400) return fixture
  const endSessions = ['signUp', 'logIn', 'logOut', 'updateUser', 'deleteUser', 'endSession']
  if (!target || endSessions.includes(target.name)) return undefined
  return draft.method === 'DELETE' ? createFixture(fixture.otherUser, fixture.user) : fixture
}
