import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const server = join(import.meta.dirname, '../../.output/server')

// What makes the start slow again is easily added, and not seen by any other test.
describe('the build', () => {
  it('bundles all packages but those that read files of their own', () => {
    const packages = readdirSync(join(server, 'node_modules')).filter(name => !name.startsWith('.'))
    expect(packages.sort()).toEqual(['@electric-sql', '@zxcvbn-ts', 'bcrypt', 'node-gyp-build'])
  })

  it('loads less than a megabyte at the start', () => {
    expect(statSync(join(server, 'chunks/nitro/nitro.mjs')).size).toBeLessThan(1e6)
  })
})
