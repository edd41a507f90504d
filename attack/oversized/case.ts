import type { ResourceIds } from '../../tests/support/valid-requests.ts'
import type { AttackRequest } from '../send.ts'

/** What oversized requests refer to: a signed-in user with rows of every kind. */
export interface Target {
  ids: ResourceIds
  /** `/api/users/ID` */
  home: string
  /** The path of the chat. */
  chat: string
  headers: Record<string, string>
  /** The path and the query of a link to a file. */
  download: string
}

/** A way of being too large. */
export interface Case {
  /** What is counted together. */
  kind: string
  /** What is sent, for the description of a fall. */
  title: string
  request: (target: Target) => AttackRequest
}

/** A JSON request of the user. */
export function jsonRequest(
  { headers }: Target,
  method: string,
  path: string,
  body: string | Buffer,
  more: Record<string, string> = {},
): AttackRequest {
  return { method, path, headers: { ...headers, 'content-type': 'application/json', ...more }, body }
}
