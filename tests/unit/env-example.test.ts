import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Returns the names that the first group of a pattern matches in a file. */
const namesIn = (file: string, pattern: RegExp) =>
  new Set([...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name))

const hasCompose = !spawnSync('docker-compose', ['version']).error

const read = namesIn('server/runtime/environment.ts', /^ {2}([A-Z][A-Z_]+): /gm)
const readByCompose = namesIn('docker-compose.yml', /\$\{([A-Z_]+):-/g)

describe('.env.example', () => {
  it('lists exactly the variables that the server, docker compose and the tests read', () => {
    const readByTests = [
      'TEST_DATABASE_URL', 'TEST_DATABASE_HOOK', 'TEST_CITUS_WORKERS', 'TEST_DEPLOYMENT', 'BENCH_DATABASE_URL',
    ]
    expect(read.size).toBeGreaterThan(10)
    expect(namesIn('.env.example', /^#? ?([A-Z][A-Z_]+)=/gm)).toEqual(new Set([...read, ...readByCompose, ...readByTests]))
  })
})

describe('docker-compose.yml', () => {
  it('passes every variable on to the server, apart from those that it sets', () => {
    const passedOn = namesIn('docker-compose.yml', /^ {2}([A-Z][A-Z_]+):/gm)
    expect(passedOn.union(new Set(['DATABASE_URL_UNPOOLED', 'HOST', 'PORT']))).toEqual(read)
  })

  it.skipIf(!hasCompose)('is valid with each profile', { timeout: 60_000 }, () => {
    const profiles = ['demo', 'scale', 'distributed'].flatMap(name => ['--profile', name])
    const config = execFileSync('docker-compose', [...profiles, 'config'], { encoding: 'utf8' })
    expect(config).toContain('api-distributed:')
  })
})
