import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Returns the names that the first group of a pattern matches in a file. */
const namesIn = (file: string, pattern: RegExp) =>
  new Set([...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name))

describe('.env.example', () => {
  it('lists exactly the variables that the server and the tests read', () => {
    const read = namesIn('server/runtime/config.ts', /^ {2}([A-Z][A-Z_]+): /gm)
    const readByTests = ['TEST_DATABASE_URL', 'TEST_DATABASE_HOOK', 'TEST_CITUS_WORKERS', 'BENCH_DATABASE_URL']
    expect(read.size).toBeGreaterThan(10)
    expect(namesIn('.env.example', /^#? ?([A-Z][A-Z_]+)=/gm)).toEqual(new Set([...read, ...readByTests]))
  })
})
