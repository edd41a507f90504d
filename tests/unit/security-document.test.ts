import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

it('SECURITY.md names only tests that exist', () => {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8')
  const paths = [...text.matchAll(/`(tests\/[\w./-]+)`/g)].map(([, path]) => path!)
  expect(paths.length).toBeGreaterThan(10)
  expect(paths.filter(path => !existsSync(join(root, path)))).toEqual([])
})
