import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const variables = (file: string, pattern: RegExp) => new Set([...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name))

it('.env.example has every variable that the server reads, and no other', () => {
  const read = variables('server/config.ts', /^ {2}([A-Z][A-Z_]+): /gm)
  expect(read.size).toBeGreaterThan(10)
  expect(variables('.env.example', /^#? ?([A-Z][A-Z_]+)=/gm)).toEqual(new Set([...read, 'TEST_DATABASE_URL']))
})
