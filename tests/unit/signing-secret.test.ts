import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DamagedSecretError, readOrCreateSecret } from '#server/runtime/signing-secret'

const newDataDir = () => join(mkdtempSync(join(tmpdir(), 'neptun-test-')), '.data')

/** Waits for the parent, so that all processes start at the same time, and reports the secret to it. */
const reader = `
  import { readOrCreateSecret } from '#server/runtime/signing-secret'
  process.once('message', dataDir => process.send(readOrCreateSecret(dataDir), () => process.disconnect()))
  process.send('ready')
`

describe('the signing secret', () => {
  it('is created once, for this user only, and nothing else is left behind', () => {
    const dataDir = newDataDir()
    const secret = readOrCreateSecret(dataDir)
    expect(Buffer.from(secret, 'base64url').length).toBe(32)
    expect(readOrCreateSecret(dataDir)).toBe(secret)
    expect(readdirSync(dataDir)).toStrictEqual(['signing-secret'])
    expect(readFileSync(join(dataDir, 'signing-secret'), 'utf8')).toBe(secret)
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'signing-secret')).mode & 0o777).toBe(0o600)
  })

  it('is the same for all processes that start at once', { timeout: 60_000 }, async () => {
    const dataDir = newDataDir()
    const processes = Array.from({ length: 4 }, () => fork('', { execArgv: ['--input-type=module', '--eval', reader] }))
    await Promise.all(processes.map(child => once(child, 'message')))
    const reports = processes.map(child => once(child, 'message'))
    for (const child of processes) child.send(dataDir)
    const secrets = (await Promise.all(reports)).map(([secret]) => secret as unknown)
    expect(new Set(secrets)).toStrictEqual(new Set([readOrCreateSecret(dataDir)]))
    expect(readdirSync(dataDir)).toStrictEqual(['signing-secret'])
  })

  it.each([
    ['empty', ''],
    ['cut off', 'a'.repeat(42)],
    ['too long', 'a'.repeat(44)],
    ['zeros', '\0'.repeat(43)],
    ['a line', `${'a'.repeat(43)}\n`],
  ])('is rejected if its file is damaged and stays as it is: %s', (_, content) => {
    const dataDir = newDataDir()
    const file = join(dataDir, 'signing-secret')
    mkdirSync(dataDir)
    writeFileSync(file, content)
    expect(() => readOrCreateSecret(dataDir)).toThrow(DamagedSecretError)
    expect(() => readOrCreateSecret(dataDir)).toThrow(file)
    expect(readFileSync(file, 'utf8')).toBe(content)
  })
})
