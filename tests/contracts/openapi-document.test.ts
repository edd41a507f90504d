import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { request, type Json } from '../support/http.ts'

const committed: Json = JSON.parse(readFileSync('openapi.json', 'utf8'))
const operations = Object.entries<object>(committed.paths).flatMap(([path, methods]) =>
  Object.entries<Json>(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })))

/** Resolves a local `$ref` in the document. */
const resolve = (ref: string): Json =>
  ref.split('/').slice(1).reduce((found: Json, key: string) => found[key], committed)

/** Returns a node of the document with all its descendants, following references. */
function nodesOf(node: Json): Json[] {
  if (typeof node !== 'object' || node === null) return []
  if (node.$ref) return nodesOf(resolve(node.$ref))
  return [node, ...Object.values(node).flatMap(nodesOf)]
}

describe('OpenAPI document', () => {
  it('is served as committed (npm run generate updates it)', async () => {
    const { status, headers, body } = await request('GET', '/openapi.json')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toStrictEqual(committed)
  })

  it('has an operation for every contract', () => {
    expect(operations.map(({ route }) => route).sort()).toEqual(Object.keys(contracts).sort())
  })

  it.each(operations)('allows no undeclared fields in the responses of $route', ({ operation }) => {
    const objects = nodesOf(operation.responses).filter(({ type, properties }) => type === 'object' && properties)
    expect(objects.length).toBeGreaterThan(0)
    for (const { additionalProperties } of objects) expect(additionalProperties).toBe(false)
  })
})
