import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isDeeperThan } from '#server/endpoint/json-depth'

const isDeep = (json: string) => isDeeperThan(64, Buffer.from(json))
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('isDeeperThan', () => {
  it.each<[string, string, boolean]>([
    ['64 arrays', nested(64), false],
    ['65 arrays', nested(65), true],
    ['65 objects', '{"a":'.repeat(65) + '1' + '}'.repeat(65), true],
    ['arrays and objects', '[{"a":'.repeat(33) + '1' + '}]'.repeat(33), true],
    ['arrays that are never closed', '['.repeat(65), true],
    ['arrays beside each other', `[${nested(63)},${nested(63)}]`, false],
    ['brackets in a string', JSON.stringify([nested(100)]), false],
    ['brackets in a key', JSON.stringify({ [nested(100)]: 1 }), false],
    ['brackets after an escaped quote', JSON.stringify([`"${'['.repeat(100)}`]), false],
    ['brackets after a backslash at the end of a string', `["\\\\",${nested(64)}]`, true],
    ['brackets after three backslashes and a quote', JSON.stringify([`\\"${'['.repeat(100)}`]), false],
    ['a string that does not end', `["${'['.repeat(100)}`, false],
    ['characters of several bytes', JSON.stringify(['žluťoučký 🐎', '[['.repeat(50)]), false],
    ['nothing', '', false],
  ])('tells whether JSON is nested too deeply: %s', (_, json, expected) => {
    expect(isDeep(json)).toBe(expected)
  })

  it('agrees with a parser on a large document', () => {
    const text = readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8')
    const depthOf = (value: unknown): number =>
      value && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
    const depth = depthOf(JSON.parse(text))
    expect([depth - 1, depth].map(limit => isDeeperThan(limit, Buffer.from(text)))).toEqual([true, false])
  })
})
