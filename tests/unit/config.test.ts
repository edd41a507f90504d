import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, type Config } from '#server/runtime/config'

const DATABASE_URL = 'postgres://neptun@127.0.0.1/neptun'
const NUXT_SIGNING_SECRET = '0123456789abcdef0123456789abcdef'
const complete = { DATABASE_URL, NUXT_SIGNING_SECRET }
const production = { dev: false }

describe('readConfig with invalid variables', () => {
  it.each([
    ['DATABASE_URL', 'mysql://localhost/neptun'],
    ['DATABASE_URL', 'postgres://ada:hush@db:99999/neptun'],
    ['DATABASE_URL', 'postgres://ada:hu/sh@db:5432/neptun'],
    ['NUXT_DATABASE_POOL_SIZE', '0'],
    ['NUXT_DATABASE_PREPARE', 'yes'],
    ['NUXT_DATABASE_TIMEOUT', '-1'],
    ['NUXT_SIGNING_SECRET', 'short'],
    ['NUXT_SESSION_COOKIE_SECURE', '1'],
    ['NUXT_SESSION_COOKIE_SAME_SITE', 'None'],
    ['NUXT_ALLOWED_MODELS', 'google/gemma, gpt'],
    ['NUXT_ALLOWED_ORIGINS', '*'],
    ['NUXT_ALLOWED_ORIGINS', 'null'],
    ['NUXT_ALLOWED_ORIGINS', 'app.example.com'],
    ['NUXT_ALLOWED_ORIGINS', 'http://app.example.com'],
    ['NUXT_ALLOWED_ORIGINS', 'http://localhost.example.com'],
    ['NUXT_ALLOWED_ORIGINS', 'https://app.example.com/'],
    ['NUXT_ALLOWED_ORIGINS', 'https://app.example.com/path'],
    ['NUXT_ALLOWED_ORIGINS', 'https://*.example.com'],
    ['NUXT_ALLOWED_ORIGINS', 'https://me@app.example.com'],
    // Browsers send the host in lower case, and no default port.
    ['NUXT_ALLOWED_ORIGINS', 'https://App.example.com'],
    ['NUXT_ALLOWED_ORIGINS', 'https://app.example.com:443'],
    ['NUXT_ALLOWED_ORIGINS', 'https://app.example.com,'],
    ['NUXT_PUBLIC_BASE_URL', 'api.example.com'],
    ['NUXT_FILE_URL_LIFETIME', 'soon'],
    ['NUXT_MAX_BODY_BYTES', '4.5'],
    ['NUXT_MAX_FILE_BYTES', '1e6'],
    ['NUXT_BCRYPT_COST', '3'],
    ['NITRO_CLUSTER_WORKERS', '0'],
    ['PORT', '65536'],
  ])('throws an error that names the variable: %s=%s', (name, value) => {
    const read = () => readConfig({ ...complete, [name]: value }, production)
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(new RegExp(`^${name} must `))
  })

  it('keeps the values out of the error message', () => {
    expect(() => readConfig({ ...complete, NUXT_SIGNING_SECRET: 'hush' }, production)).not.toThrow(/hush/)
    expect(() => readConfig({ ...complete, DATABASE_URL: 'mysql://root:hush@db' }, production)).not.toThrow(/hush/)
  })

  it('reports all invalid variables at once', () => {
    const read = () => readConfig({ ...complete, PORT: 'x', NUXT_BCRYPT_COST: 'y' }, production)
    expect(read).toThrow(/NUXT_BCRYPT_COST.*\nPORT/)
  })

  it('requires a signing secret with an external database in production', () => {
    const message = /^NUXT_SIGNING_SECRET must be set/
    expect(() => readConfig({ DATABASE_URL }, production)).toThrow(message)
    expect(() => readConfig({ DATABASE_URL, NUXT_SIGNING_SECRET: '' }, production)).toThrow(message)
  })

  it('requires no signing secret if a directory is named for it', () => {
    expect(readConfig({ DATABASE_URL, NUXT_DATA_DIR: '/data' }, production))
      .toMatchObject({ signingSecret: undefined, dataDir: '/data' })
  })

  it('requires a database and a signing secret on Vercel, where nothing can be stored', () => {
    const VERCEL = '1'
    for (const dev of [true, false])
      expect(() => readConfig({ VERCEL, NUXT_SIGNING_SECRET }, { dev })).toThrow(/^DATABASE_URL must be set on Vercel/)
    expect(() => readConfig({ VERCEL, DATABASE_URL, NUXT_DATA_DIR: '/tmp/neptun' }, production))
      .toThrow(/^NUXT_SIGNING_SECRET must be set/)
  })

  it('requires Secure cookies with SameSite=None', () => {
    const none = { ...complete, NUXT_SESSION_COOKIE_SAME_SITE: 'none' }
    const message = /^NUXT_SESSION_COOKIE_SECURE must be true if NUXT_SESSION_COOKIE_SAME_SITE is none/
    expect(() => readConfig({ ...none, NUXT_SESSION_COOKIE_SECURE: 'false' }, production)).toThrow(message)
    expect(() => readConfig(none, { dev: true })).toThrow(message)
    expect(readConfig(none, production).sessionCookieSameSite).toBe('none')
  })

  it('requires a loopback host with the embedded database', () => {
    const read = () => readConfig({ NUXT_SIGNING_SECRET, HOST: '0.0.0.0' }, production)
    expect(read).toThrow(/^HOST must be one of 127.0.0.1/)
    expect(readConfig({ ...complete, HOST: '0.0.0.0' }, production).databaseUrl).toBe(DATABASE_URL)
  })

  it('requires a single worker with the embedded database', () => {
    const workers = { NITRO_CLUSTER_WORKERS: '2' }
    expect(() => readConfig({ NUXT_SIGNING_SECRET, ...workers }, production)).toThrow(/^DATABASE_URL must be set, or/)
    expect(readConfig({ ...complete, ...workers }, production).databaseUrl).toBe(DATABASE_URL)
    // The development server has no workers.
    expect(readConfig({ NUXT_SIGNING_SECRET, ...workers }, { dev: true }).databaseUrl).toBeUndefined()
  })
})

describe('readConfig', () => {
  it('applies the documented defaults', () => {
    expect(readConfig(complete, production)).toMatchObject({
      databasePoolSize: 10,
      databasePrepare: true,
      databaseTimeout: 10_000,
      sessionCookieSecure: true,
      sessionCookieSameSite: 'lax',
      allowedOrigins: [],
      fileUrlLifetime: 900,
      maxBodyBytes: 4.5 * 1024 * 1024,
      maxFileBytes: 4 * 1024 * 1024,
      bcryptCost: 12,
    })
    expect(readConfig(complete, { dev: true }).sessionCookieSecure).toBe(false)
  })

  it.each([
    'postgres://a:p,w:1,@h1:5432,h2:5433/neptun?target_session_attrs=read-write', 'postgresql://h1,h2/neptun',
    'postgres://postgres@localhost/postgres?host=%2Ftmp', 'postgres:///neptun',
  ])('accepts what the driver connects to: %s', (url) => {
    expect(readConfig({ ...complete, DATABASE_URL: url }, production).databaseUrl).toBe(url)
  })

  it('treats empty variables as unset', () => {
    expect(readConfig({ ...complete, NUXT_ALLOWED_MODELS: '', PORT: '' }, production).allowedModels).toBeUndefined()
  })

  it('ignores spaces in lists and a trailing slash of the base URL', () => {
    const variables = {
      NUXT_ALLOWED_MODELS: 'a/b, c/d',
      NUXT_ALLOWED_ORIGINS: 'https://app.example.com, https://app.example.com:8443,http://localhost:5173,http://[::1]:8080',
      NUXT_PUBLIC_BASE_URL: 'https://api.example.com/',
    }
    const config = readConfig({ ...complete, ...variables }, production)
    expect(config).toMatchObject({
      allowedModels: ['a/b', 'c/d'],
      allowedOrigins: ['https://app.example.com', 'https://app.example.com:8443', 'http://localhost:5173', 'http://[::1]:8080'],
      publicBaseUrl: 'https://api.example.com',
    })
  })
})

describe('readConfig on Vercel', () => {
  it('has other defaults for connections and bodies', () => {
    const read = ({ databasePoolSize, databaseIdleTimeout, maxBodyBytes }: Config) =>
      ({ databasePoolSize, databaseIdleTimeout, maxBodyBytes })
    expect(read(readConfig({ ...complete, VERCEL: '1' }, production)))
      .toStrictEqual({ databasePoolSize: 3, databaseIdleTimeout: 5000, maxBodyBytes: 4_456_448 })
    expect(read(readConfig(complete, production)))
      .toStrictEqual({ databasePoolSize: 10, databaseIdleTimeout: 60_000, maxBodyBytes: 4_718_592 })
    const given = { NUXT_DATABASE_POOL_SIZE: '1', NUXT_DATABASE_IDLE_TIMEOUT: '2', NUXT_MAX_BODY_BYTES: '5000000' }
    expect(read(readConfig({ ...complete, ...given, VERCEL: '1' }, production)))
      .toMatchObject({ databasePoolSize: 1, databaseIdleTimeout: 2000, maxBodyBytes: 5_000_000 })
  })
})

describe('DATABASE_URL_UNPOOLED', () => {
  it('is for migrations, which otherwise use DATABASE_URL', () => {
    const direct = 'postgres://neptun@10.0.0.1/neptun'
    expect(readConfig({ ...complete, DATABASE_URL_UNPOOLED: direct }, production))
      .toMatchObject({ databaseUrl: DATABASE_URL, directDatabaseUrl: direct })
    expect(readConfig(complete, production).directDatabaseUrl).toBe(DATABASE_URL)
    expect(readConfig({ DATABASE_URL_UNPOOLED: direct }, { dev: true }).directDatabaseUrl).toBeUndefined()
  })
})
