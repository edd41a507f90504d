import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compileRow, toIsoTime, type FieldSource, type JsonRow, type TextRow } from '#db/json-row'
import { Json } from '#db/read'
import { chats, shares } from '#db/schema/index'
import type { Values } from '#db/statement'
import { contracts } from '#server/contracts/index'
import { selectionOf } from '#server/contracts/kit/selection'
import { composeJson } from '#server/endpoint/compose-json'
import { WholeList } from '#server/endpoint/whole-list'

/** The JSON of a row. */
function written(row: JsonRow, cells: TextRow, first: number, known: Values = {}): string {
  const list: string[] = []
  row.write(list, cells, first, known, links)
  return list.join('')
}

const links = { file: (id: string) => `file "${id}"`, share: (uuid: string) => `share ${uuid}` }

describe('a row as JSON', () => {
  it('has the type of each column', () => {
    const sources: Record<string, FieldSource> = {
      id: chats.id,
      name: chats.name,
      at: chats.created_at,
      open: shares.is_shared,
      url: { linkTo: 'file', column: chats.id },
    }
    const select = ['id', 'name', 'at', 'open', 'url'].map(name => ({ name }))
    const row = compileRow(select, sources)
    const text = 'Zoë said "hi"\n\u0001 🗝 \\'
    const json = written(row, ['r', '7', text, '2026-11-21 09:30:00.5+00', 'true', '7'], 1)
    expect(JSON.parse(json)).toEqual({
      id: 7, name: text, at: '2026-11-21T09:30:00.500Z', open: true, url: 'file "7"',
    })
    const empty = written(row, ['r', '7', null, null, 'false', '7'], 1)
    expect(JSON.parse(empty)).toMatchObject({ name: null, at: null, open: false })
  })

  it('reads a column once for fields with the same source', () => {
    const row = compileRow([{ name: 'role' }, { name: 'actor' }], { role: chats.name, actor: chats.name })
    expect(row.columns).toEqual([chats.name])
    expect(written(row, ['user'], 0)).toBe('{"role":"user","actor":"user"}')
  })

  it('does not select a column whose value is known', () => {
    const row = compileRow([{ name: 'id' }, { name: 'name' }], { id: chats.id, name: chats.name }, ['id'])
    expect(row.columns).toEqual([chats.name])
    expect(written(row, ['a'], 0, { id: 7 })).toBe('{"id":7,"name":"a"}')
  })

  it('is in several parts if a text is long, and starts with a comma behind another row', () => {
    const row = compileRow([{ name: 'id' }, { name: 'name' }], { id: chats.id, name: chats.name })
    const text = `a"${'🗝\\'.repeat(50_000)}`
    const list: string[] = []
    for (const name of ['short', text, 'last']) row.write(list, ['7', name], 0, {}, links)
    expect(JSON.parse(`[${list.join('')}]`)).toEqual(['short', text, 'last'].map(name => ({ id: 7, name })))
    expect(list[0]).toBe('{"id":7,"name":"short"}')
    expect(list.at(-1)).toBe(',{"id":7,"name":"last"}')
    expect(list.length).toBeGreaterThan(3)
    expect(Math.max(...list.map(part => part.length))).toBeLessThan(text.length / 2)
  })

  it('cannot select a field without a source', () => {
    expect(() => compileRow([{ name: 'color' }], { id: chats.id })).toThrow('color')
  })
})

describe('a timestamp', () => {
  it.each([
    ['2026-11-21 09:30:00+00', '2026-11-21T09:30:00.000Z'],
    ['2026-11-21 09:30:00.1+00', '2026-11-21T09:30:00.100Z'],
    ['2026-11-21 09:30:00.12+00', '2026-11-21T09:30:00.120Z'],
    ['9999-12-31 23:59:59.999+00', '9999-12-31T23:59:59.999Z'],
  ])('of PostgreSQL, %s, is %s', (text, expected) => {
    expect(toIsoTime(text)).toBe(expected)
    expect(new Date(text).toISOString()).toBe(expected)
  })
})

/** Every object in a schema, by the path of properties that leads to it. */
function objectsIn(schema: z.core.$ZodType, path = ''): [string, z.ZodObject][] {
  if (schema instanceof z.ZodArray) return objectsIn(schema.element, path)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return objectsIn(schema.unwrap(), path)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(option => objectsIn(option, path))
  if (!(schema instanceof z.ZodObject)) return []
  const nested = Object.entries<z.core.$ZodType>(schema.shape)
  return [[path, schema], ...nested.flatMap(([name, property]) => objectsIn(property, `${path}.${name}`))]
}

/** A list of one page. */
const listOf = (...rows: string[]) => new WholeList(
  { parts: [rows.join()], found: rows.length }, () => Promise.reject(new Error('There is no next page.')))

describe('the response of', () => {
  const responses = Object.values(contracts).flatMap(({ route, response }) =>
    response ? [[route, response] as const] : [])

  it.each(responses)('%s has no field that its contract does not name', async (_, response) => {
    for (const [path, schema] of objectsIn(response)) {
      const names = Object.keys(schema.shape)
      // Rows from the database: only these fields are selected.
      const sources = new Proxy({}, { get: (_, name) => name === 'files' ? 'children' : chats.name })
      const json = written(compileRow(selectionOf(schema)!, sources), ['a'], 0)
      expect(Object.keys(JSON.parse(json) as object), path).toEqual(names)
      // Everything else is parsed, which drops other fields.
      const { catchall } = schema.def
      expect(catchall, path).toBeUndefined()
    }
    if (!(response instanceof z.ZodObject)) return
    const row = new Json(['{"id":1}'])
    await expect(composeJson(response, { password_hash: row })).rejects.toThrow('password_hash')
    await expect(composeJson(response, { password_hash: 'secret', rows: listOf('') })).rejects.toThrow('name')
  })
})

describe('a response', () => {
  it('has no field of a value that its contract does not name', async () => {
    const response = z.object({ a: z.object({ b: z.int() }), rows: z.array(z.object({ id: z.int() })) })
    const result = { a: { b: 1, secret: 2 }, rows: listOf('{"id":1}') }
    const { before, list, after } = await composeJson(response, result)
    expect([...before, ...list!.first.parts, ...after].join('')).toBe('{"a":{"b":1},"rows":[{"id":1}]}')
    expect(await composeJson(z.object({ b: z.int() }), { b: 1, secret: 2 }))
      .toEqual({ before: ['{"b":1}'], after: [] })
  })

  it('is in several parts if a text is long', async () => {
    const text = `"${'x🗝\n'.repeat(50_000)}`
    const value = { a: [], b: [{ c: text, d: null }, { c: 'short', d: 1 }], e: true }
    const response = z.object({
      a: z.array(z.int()), b: z.array(z.object({ c: z.string(), d: z.int().nullable(), f: z.int().optional() })),
      e: z.boolean(),
    })
    const { before } = await composeJson(response, value)
    expect(JSON.parse(before.join(''))).toEqual(value)
    expect(Math.max(...before.map(part => part.length))).toBeLessThan(text.length / 2)
  })

  it('lets other work go on while a long text is written', async () => {
    const response = z.object({ a: z.array(z.string()) })
    const composing = composeJson(response, { a: Array<string>(100).fill('x'.repeat(40_000)) })
    let isComposed = false
    void composing.then(() => isComposed = true)
    let iterations = 0
    for (; !isComposed; iterations++) await setImmediate()
    expect((await composing).before.join('')).toHaveLength('{"a":[]}'.length + 100 * 40_003 - 1)
    // Four million characters, in some 25 turns that are eight iterations apart.
    expect(iterations).toBeGreaterThan(100)
  })
})
