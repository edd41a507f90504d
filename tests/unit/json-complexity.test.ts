import { describe, expect, it } from 'vitest'
import { problemOfJson } from '#server/endpoint/json-complexity'

const problemOf = (json: string) => problemOfJson(Buffer.from(json))
const [tooDeep, tooMany] = ['Must be nested at most 64 levels deep', 'Must have at most 25,000 values']
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('problemOfJson', () => {
  it.each<[string, string, string?]>([
    ['64 arrays', nested(64)],
    ['65 arrays', nested(65), tooDeep],
    ['65 objects', '{"a":'.repeat(65) + '1' + '}'.repeat(65), tooDeep],
    ['arrays and objects', '[{"a":'.repeat(33) + '1' + '}]'.repeat(33), tooDeep],
    ['arrays that are never closed', '['.repeat(65), tooDeep],
    ['arrays beside each other', `[${nested(63)},${nested(63)}]`],
    ['brackets in a string', JSON.stringify([nested(100)])],
    ['brackets in a key', JSON.stringify({ [nested(100)]: 1 })],
    ['brackets after an escaped quote', JSON.stringify([`"${'['.repeat(100)}`])],
    ['brackets after a backslash at the end of a string', `["\\\\",${nested(64)}]`, tooDeep],
    ['brackets after three backslashes and a quote', JSON.stringify([`\\"${'['.repeat(100)}`])],
    ['a string that does not end', `["${'['.repeat(100)}`],
    ['characters of several bytes', JSON.stringify(['žluťoučký 🐎', '[['.repeat(50)])],
    ['nothing', ''],
    ['an array of 24,999 items', `[${'1,'.repeat(24_998)}1]`],
    ['one item more', `[${'1,'.repeat(24_999)}1]`, tooMany],
    ['fields', `{${'"a":1,'.repeat(25_000)}"a":1}`, tooMany],
    ['empty arrays', `[${'[],'.repeat(12_500)}[]]`, tooMany],
    ['arrays that are closed at once', '[]'.repeat(25_000), tooMany],
    ['commas in a string', JSON.stringify([','.repeat(30_000)])],
  ])('finds deep nesting and many values: %s', async (_, json, expected) => {
    expect(await problemOf(json)).toBe(expected)
  })

  it.each([-1, 0, 1])('keeps its state from one slice of a large text to the next, escape at %i', async (offset) => {
    const before = 'x'.repeat(128 * 1024 - 2 + offset)
    expect(await problemOf(`["${before}\\\\"${'['.repeat(64)}`)).toBe(tooDeep)
    expect(await problemOf(`["${before}\\"${'['.repeat(64)}`)).toBe(undefined)
  })
})
