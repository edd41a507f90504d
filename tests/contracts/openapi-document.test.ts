import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { request } from '../support/http.ts'

interface Document {
  paths: Record<string, Record<string, { responses: object }>>
}

/** An object or array in the document. */
type Node = Record<string, unknown>

const committed = JSON.parse(readFileSync('openapi.json', 'utf8')) as Document
const operations = Object.entries(committed.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })))

const withBodies = operations.filter(({ route }) => !route.startsWith('HEAD '))

/** Resolves a local `$ref` in the document. */
const resolve = (ref: string) =>
  ref.split('/').slice(1).reduce<unknown>((found, key) => (found as Node)[key], committed)

/** Returns a node of the document with all its descendants, following references. */
function nodesOf(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return []
  const node = value as Node
  if (typeof node.$ref === 'string') return nodesOf(resolve(node.$ref))
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

  it('describes no bodies in the responses to HEAD', () => {
    const { responses } = committed.paths['/api/auth/check']!.head!
    expect(Object.keys(responses)).toEqual(['204', '400', '401', '500', '503'])
    expect(nodesOf(responses).filter(node => 'content' in node)).toEqual([])
  })

  it.each(withBodies)('allows no undeclared fields in the responses of $route', ({ operation }) => {
    const objects = nodesOf(operation.responses).filter(({ type, properties }) => type === 'object' && properties)
    expect(objects.length).toBeGreaterThan(0)
    for (const { additionalProperties } of objects) expect(additionalProperties).toBe(false)
  })
})
