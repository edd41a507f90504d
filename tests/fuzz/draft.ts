import { fillPath, type ResourceIds } from '../support/valid-requests.ts'
import type { Fixture } from './fixture.ts'

/** A request before it is sent. */
export interface Draft {
  method: string
  /** The path template, as in the document. */
  path: string
  ids: { [Name in keyof ResourceIds]: number | string }
  /** Encoded `name=value` pairs. */
  query: string[]
  headers: Record<string, string>
  body?: Buffer
  /** Whether the client aborts the request before the last byte of the body. */
  isAborted?: boolean
}

/** Builds a request for a fixture, so that a failing case can be replayed on a new one. */
export type DraftBuilder = (fixture: Fixture) => Draft

/** Returns the path and query of the request line. */
export const targetOf = ({ path, ids, query }: Draft) =>
  fillPath(path, ids as ResourceIds) + (query.length > 0 ? `?${query.join('&')}` : '')

/** Identifies the list that a cursor belongs to: path, filters and order. */
export function listKey(path: string, query: Record<string, unknown>): string {
  const filters = Object.entries(query).filter(([name]) => name !== 'limit' && name !== 'cursor')
  return [path, ...filters.map(encodePair).sort()].join('&')
}

export const encodePair = ([name, value]: [string, unknown]) =>
  `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`
