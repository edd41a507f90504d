import fresh from 'fresh'
import { setResponseHeader, type H3Event } from 'h3'
import { Json } from '#db/read'
import type { Versioned } from '#db/versions'
import type { Contract } from '#server/contracts/kit/contract'
import { ifMatchParameter, takesIfNoneMatch, versionedProperty } from '#server/contracts/kit/versions'
import { invalidHeader } from './invalid-request.ts'

/** The strong entity tag of a version, quoted. The id tells it from that of a resource that replaces this one. */
const tagOf = ({ id, version }: Versioned) => `"${id}-${version}"`

/**
 * Sets the `ETag` of the resource in a result.
 * @returns whether the client has it already
 */
type Tagger = (event: H3Event, result: unknown) => boolean

/** Returns what sets the `ETag` of an endpoint; undefined if its response never contains a single resource. */
export function taggerOf(contract: Contract): Tagger | undefined {
  const property = versionedProperty(contract)
  if (property === undefined) return undefined
  const isConditional = takesIfNoneMatch(contract)
  return (event, result) => {
    const resource = (result as Record<string, Json | Versioned | undefined> | null)?.[property]
    const versioned = resource instanceof Json ? resource.versioned : resource
    if (!versioned) return false
    const etag = tagOf(versioned)
    setResponseHeader(event, 'ETag', etag)
    return isConditional && hasState(event, etag)
  }
}

/**
 * Whether a client has what an entity tag identifies, as its `If-None-Match` says. `Cache-Control` does not matter:
 * fetch adds `no-cache` to every request with that header.
 */
export function hasState({ node }: H3Event, etag: string): boolean {
  return fresh({ 'if-none-match': node.req.headers['if-none-match'] }, { etag })
}

const tag = /(W\/)?"([!#-~\x80-\xff]*)"/
const list = new RegExp(`^[ \\t,]*${tag.source}(?:[ \\t]*,[ \\t,]*${tag.source})*[ \\t,]*$`)

/**
 * The versions that the `If-Match` of a request allows the resource to have; undefined if there is no condition. Weak
 * tags match none, as RFC 9110 requires.
 * @throws HttpError 400
 */
export function readIfMatch(
  { node }: H3Event,
  contract: Contract,
  params: Record<string, number | string>,
): number[] | undefined {
  const parameter = ifMatchParameter(contract)
  const header = node.req.headers['if-match']
  if (parameter === undefined || header === undefined || header.trim() === '*') return undefined
  if (!list.test(header)) throw invalidIfMatch()
  return [...header.matchAll(new RegExp(tag, 'g'))]
    .filter(([, weak]) => weak === undefined)
    .flatMap(([, , opaque]) => versionIn(opaque!, params[parameter]!) ?? [])
}

export const invalidIfMatch = () => invalidHeader('If-Match', 'Must be * or a list of entity tags')

/** The largest version that the database can store. */
const maxVersion = 2 ** 31 - 1

/** The version in a tag of the resource with this id; undefined if it is a tag of another one. */
function versionIn(opaque: string, id: number | string): number | undefined {
  const [, ofId, version] = /^(\d+)-([1-9]\d{0,9})$/.exec(opaque) ?? []
  return ofId === String(id) && Number(version) <= maxVersion ? Number(version) : undefined
}
