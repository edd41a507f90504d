import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { demoAccount } from '#server/demo/account'

const server = join(import.meta.dirname, '../../.output/server')

// What makes the start slow again is easily added, and not seen by any other test.
describe('the build', () => {
  it('bundles all packages but those that read files of their own', () => {
    const packages = readdirSync(join(server, 'node_modules')).filter(name => !name.startsWith('.'))
    expect(packages.sort()).toEqual(['@electric-sql', '@zxcvbn-ts', 'bcrypt', 'node-gyp-build'])
  })

  it('loads less than a megabyte at the start', () => {
    const files = [...loadedBy(join(server, 'chunks/_/listen.mjs'))]
    expect(files.length).toBeGreaterThan(1)
    expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(1e6)
  })

  // The development server signs the visitors of the API reference in to the demo account.
  it('knows the demo account only in the command that creates it', () => {
    const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.mjs'))
    const isAware = (name: string) => readFileSync(join(server, name), 'utf8').includes(demoAccount.password)
    expect(files.filter(isAware)).toEqual(['seed.mjs'])
  })

  it('loads no part of the server for a command', () => {
    const files = ['migrate', 'healthcheck'].flatMap(name => [...loadedBy(join(server, `${name}.mjs`))])
    expect(files).not.toContain(join(server, 'chunks/_/listen.mjs'))
  })
})

/** The files that importing a file loads, itself included. */
function loadedBy(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded
  loaded.add(file)
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/^import (?:[^'"(]+ from )?'(\.[^']+)';$/gm))
    loadedBy(resolve(file, '..', path!), loaded)
  return loaded
}
