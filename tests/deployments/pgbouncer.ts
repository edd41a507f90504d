import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPort, untilListening } from './ports.ts'
import { folder, run, runServer } from './processes.ts'

/** Runs the server behind PgBouncer in transaction mode. */

const { hostname, port: databasePort, username, password } = new URL(process.env.DATABASE_URL!)
const port = await findPort()
const target = Object.entries({ host: hostname, port: databasePort || '5432', user: username, password })
  .filter(([, value]) => value)
  .map(([name, value]) => `${name}=${decodeURIComponent(value)}`)
const configuration = join(folder, 'pgbouncer.ini')
writeFileSync(configuration, `
[databases]
* = ${target.join(' ')}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
query_wait_timeout = 10
server_login_retry = 1
`)

// It refuses to run as root.
const isRoot = process.getuid?.() === 0
const uid = isRoot ? Number(execFileSync('id', ['-u', 'postgres'])) : undefined
run('pgbouncer', ['--quiet', configuration], { uid })
await untilListening(port)

const url = new URL(process.env.DATABASE_URL!)
url.host = `127.0.0.1:${port}`
const { origin } = await runServer({ ...process.env, DATABASE_URL: url.href, NUXT_DATABASE_PREPARE: 'false' })
console.error(`Listening on ${origin}`)
