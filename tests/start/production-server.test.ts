import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, realServer } from '../support/databases.ts'
import { createProject, signedInUser, uniqueEmail, validPassword } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { startRefusingDatabase } from '../support/refusing-database.ts'
import { runServer, startServer, testEnvironment } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

const contains = (text: string) => expect.stringContaining(text) as string

describe('production server without DATABASE_URL', () => {
  it('listens on loopback only, locks and keeps its embedded database, and leaves no socket behind', async () => {
    const temporary = await mkdtemp(join(folder, 'tmp-'))
    const environment = { NUXT_BCRYPT_COST: '4', HOST: '', TMPDIR: temporary }
    const first = await startServer(environment, folder)
    const [socketFolder, ...others] = await readdir(temporary)
    expect(others).toStrictEqual([])
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    const ada = await signedInUser({ baseUrl: first.url })
    const project = await createProject(ada)
    expect(first.output()).toContain('DATABASE_URL is not set. Using the embedded PostgreSQL in .data/postgres-18')

    const second = await runServer({ HOST: '', TMPDIR: temporary }, folder)
    expect(second).toMatchObject({ code: 1, output: contains(`in use by the process with pid ${first.pid}`) })
    // The first server is unaffected.
    expect((await ada.get(`/api/users/${ada.id}/projects`)).status).toBe(200)

    await first.stop('SIGKILL')
    const third = await startServer(environment, folder)
    expect(await readdir(temporary)).toStrictEqual([expect.not.stringContaining(socketFolder!)])
    const { body } = await ada.get(`/api/users/${ada.id}/projects`, { baseUrl: third.url })
    expect(body).toStrictEqual({ projects: [project] })
    await third.stop()
    expect(await readdir(temporary)).toStrictEqual([])
  })

  it('has no demo account, sets Secure cookies and stops on SIGTERM', async () => {
    const server = await startServer({ NUXT_BCRYPT_COST: '4' })
    const demo = { email: 'demo@example.com', password: 'look-around-neptun' }
    const login = await request('POST', '/api/auth/login', demo, { baseUrl: server.url })
    const credentials = { email: uniqueEmail(), password: validPassword }
    const signUp = await request('POST', '/api/auth/sign-up', credentials, { baseUrl: server.url })
    await server.stop('SIGTERM')
    expect(login.status).toBe(401)
    expect(signUp.body.user.id).toBe(1)
    expect(signUp.headers.get('set-cookie')).toMatch(/; Secure(;|$)/)
  })
})

describe('production server under load', () => {
  it.skipIf(process.platform !== 'linux')('has room for a thousand connections that come at once', async () => {
    const { url, pid, stop } = await startServer({ NUXT_BCRYPT_COST: '4' })
    const { hostname, port } = new URL(url)
    // It accepts none of them.
    process.kill(pid, 'SIGSTOP')
    const sockets = Array.from({ length: 1000 }, () => connect(Number(port), hostname))
    try {
      // A connection for which there is no room is tried again after a second.
      const connected = await Promise.all(sockets.map(socket => Promise.race([
        once(socket, 'connect').then(() => true), setTimeout(900, false),
      ])))
      expect(connected.filter(isConnected => !isConnected)).toEqual([])
    }
    finally {
      process.kill(pid, 'SIGCONT')
      for (const socket of sockets) socket.destroy()
      await stop()
    }
  })
})

describe('production server startup', () => {
  it('aborts on a database with missing migrations', async () => {
    const database = await createDatabase()
    const { code, output } = await runServer({ ...testEnvironment, DATABASE_URL: database.url })
    await database.drop()
    expect(code).toBe(1)
    expect(output).toContain('npm run db:migrate')
  })

  it('aborts if the port is in use', async () => {
    const { databaseUrl } = testServer()
    const server = await startServer({ ...testEnvironment, DATABASE_URL: databaseUrl, NUXT_DATABASE_POOL_SIZE: '1' })
    const { code, output } = await runServer({ PORT: new URL(server.url).port })
    await server.stop()
    expect(code).toBe(1)
    expect(output).toContain('Cannot listen on HOST and PORT: listen EADDRINUSE')
  })

  it('aborts on an invalid variable and names it', async () => {
    const result = await runServer({ PORT: 'http' })
    expect(result).toMatchObject({ code: 1, output: 'PORT must be a whole number from 0 to 65535\n' })
  })

  it('aborts on a damaged signing secret and names its file', async () => {
    const dataDir = await mkdtemp(join(folder, 'data-'))
    await writeFile(join(dataDir, 'signing-secret'), '')
    const { code, output } = await runServer({ NUXT_DATA_DIR: dataDir })
    expect([code, output]).toStrictEqual([1, contains(`signing secret in ${dataDir}/signing-secret is damaged`)])
    expect(output).not.toContain('    at ')
  })

  it('does not print the password of a malformed DATABASE_URL', async () => {
    const { code, output } = await runServer({ ...testEnvironment, DATABASE_URL: 'postgres://ada:hush@db:99999/neptun' })
    expect([code, output]).toStrictEqual([1, expect.stringMatching(/^DATABASE_URL must be /)])
    expect(output).not.toContain('hush')
  })

  it.each([
    ['a wrong password', '28P01', 'password authentication failed for user "ada"'],
    ['a wrong user', '28000', 'role "ada" does not exist'],
    ['a wrong name', '3D000', 'database "neptun" does not exist'],
  ])('aborts on %s in DATABASE_URL, and says so in one sentence without the password', async (_, code, message) => {
    const database = await startRefusingDatabase(code, message)
    const DATABASE_URL = `postgres://ada:hush@127.0.0.1:${database.port}/neptun`
    const result = await runServer({ ...testEnvironment, DATABASE_URL })
    await database.close()
    expect(result.code).toBe(1)
    expect(withoutAddress(result.output)).toBe(`Cannot use the database that DATABASE_URL names: ${message}\n`)
  })

  it.skipIf(!realServer)('aborts if DATABASE_URL names no database of a PostgreSQL server', async () => {
    const DATABASE_URL = Object.assign(new URL(realServer!), { pathname: '/neptun_no_such_database' }).href
    const { code, output } = await runServer({ ...testEnvironment, DATABASE_URL })
    expect(code).toBe(1)
    expect(withoutAddress(output)).toBe(
      'Cannot use the database that DATABASE_URL names: database "neptun_no_such_database" does not exist\n')
  })

  it.each([
    ['a wrong port', '127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['a wrong host', 'no-such-host.invalid', 'getaddrinfo ENOTFOUND no-such-host.invalid'],
  ])('retries on %s in DATABASE_URL, and says so once and without the password', async (_, host, reason) => {
    const server = await startServer({ ...testEnvironment, DATABASE_URL: `postgres://ada:hush@${host}/neptun` })
    await setTimeout(1000)
    await server.stop()
    expect(withoutAddress(server.output()))
      .toBe(`Cannot reach the database that DATABASE_URL names: ${reason} (retrying)\n`)
  })

  it('retries while the database is starting', async () => {
    const database = await startRefusingDatabase('57P03', 'the database system is starting up')
    const DATABASE_URL = `postgres://ada:hush@127.0.0.1:${database.port}/neptun`
    const server = await startServer({ ...testEnvironment, DATABASE_URL })
    await setTimeout(1000)
    await server.stop()
    await database.close()
    expect(withoutAddress(server.output())).toMatch(/^Cannot reach .* starting up \(retrying\)\n$/)
  })
})

/** What a server has printed, except for where it listens. */
const withoutAddress = (output: string) => output.replace(/^Listening on .*\n/m, '')
