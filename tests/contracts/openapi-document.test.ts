import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { contracts } from '#server/contracts/index'
import { request } from '../support/http.ts'

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  example?: unknown
  examples?: Record<string, { value?: unknown }>
  schema: object
}

interface Operation {
  operationId: string
  tags: string[]
  parameters?: Parameter[]
  responses: object
}

interface Document {
  info: { description: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
}

/** An object or array in the document. */
type Node = Record<string, unknown>

const committed = JSON.parse(readFileSync('openapi.json', 'utf8')) as Document
const operations = Object.entries(committed.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })))

const parameters = operations.flatMap(({ route, operation: { parameters = [] } }) =>
  parameters.map(parameter => ({ route, name: parameter.name, parameter })))

const ajv = addFormats(new Ajv2020({ strict: false }))

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

  it('has the operations in the order of a first session', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    const session = [
      'signUp', 'logIn', 'checkSession', 'logOut', 'createProject', 'createChat', 'appendMessages', 'addFiles',
      'downloadFile', 'createShare', 'openSharedChat', 'updateUser', 'listModels',
    ]
    expect(names.filter(name => session.includes(name))).toEqual(session)
    const tags = operations.map(({ operation }) => operation.tags[0])
    expect(tags.filter((tag, i) => tag !== tags[i - 1])).toEqual(committed.tags.map(({ name }) => name))
  })

  it.each(parameters)('describes $name with a valid example: $route', ({ parameter }) => {
    const { required, description, example, examples, schema } = parameter
    expect(description).toMatch(/^[A-Z`]/)
    const values = required ? [example] : Object.values(examples!).map(({ value }) => value)
    expect(values.length).toBeGreaterThan(0)
    for (const value of values) {
      expect(value).toBeDefined()
      expect(ajv.validate(schema, value), ajv.errorsText()).toBe(true)
    }
  })

  it('describes a malformed Host header once', () => {
    expect(committed.info.description).toContain('malformed `Host` header')
    expect(JSON.stringify(committed.paths)).not.toContain('Host')
  })

  it('describes no bodies in the responses to HEAD', () => {
    const { responses } = committed.paths['/api/auth/check']!.head!
    expect(Object.keys(responses)).toEqual(['204', '401', '500', '503'])
    expect(nodesOf(responses).filter(node => 'content' in node)).toEqual([])
  })

  it.each(withBodies)('allows no undeclared fields in the responses of $route', ({ operation }) => {
    const objects = nodesOf(operation.responses).filter(({ type, properties }) => type === 'object' && properties)
    expect(objects.length).toBeGreaterThan(0)
    for (const { additionalProperties } of objects) expect(additionalProperties).toBe(false)
  })
})
