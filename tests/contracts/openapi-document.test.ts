import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { request, type Json } from '../support/http.ts'

const committed: Json = JSON.parse(readFileSync('openapi.json', 'utf8'))
const operations = Object.entries<object>(committed.paths).flatMap(([path, methods]) =>
  Object.entries<Json>(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })))

/** Every part of a part of the document, and of what it refers to. */
function partsOf(part: Json): Json[] {
  if (typeof part !== 'object' || part === null) return []
  if (part.$ref) return partsOf(part.$ref.split('/').slice(1).reduce((found: Json, key: string) => found[key], committed))
  return [part, ...Object.values(part).flatMap(partsOf)]
}

describe('the document of the API', () => {
  it('is served as it is committed; run npm run generate to make it anew', async () => {
    const { status, headers, body } = await request('GET', '/openapi.json')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toStrictEqual(committed)
  })

  it('has every endpoint of the index', () => {
    expect(operations.map(({ route }) => route).sort()).toEqual(Object.keys(contracts).sort())
  })

  it.each(operations)('names every field that an answer of $route may have', ({ operation }) => {
    const objects = partsOf(operation.responses).filter(({ type, properties }) => type === 'object' && properties)
    expect(objects.length).toBeGreaterThan(0)
    for (const { additionalProperties } of objects) expect(additionalProperties).toBe(false)
  })
})
