import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, statSync } from 'node:fs'
import { get } from 'node:http'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { migrate } from '#db/migrate'
import { createDatabase, realServer } from '../tests/support/databases.ts'
import { testEnvironment } from '../tests/support/server.ts'
import { median } from './statistics.ts'
import { memoryOf } from './usage.ts'

/**
 * Measures the start of the production build: the time to the first answer and to readiness, the memory at idle, and
 * the size of the build.
 *
 *     TEST_DATABASE_URL=postgres://… node bench/start.ts [directory of the build]
 *
 * Run `npm run build` first. It creates a database on TEST_DATABASE_URL, migrates it, and drops it at the end.
 */

const starts = 10
const root = join(import.meta.dirname, '..')
const build = resolve(process.argv[2] ?? join(root, '.output/server'))
const vercelFunction = join(root, '.vercel/output/functions/__fallback.func')

if (!realServer) throw new Error('TEST_DATABASE_URL must be set. Starts are measured on a PostgreSQL server.')
if (!existsSync(build)) throw new Error(`${build} does not exist. Run: npm run build`)

const database = await createDatabase()
try {
  await migrate(database.url, join(root, 'migrations'))
  // The first start reads the files from the disk, and later ones from memory.
  await measureStart(database.url)
  const measured: Start[] = []
  while (measured.length < starts) measured.push(await measureStart(database.url))
  report('First answer (ms)', measured.map(({ firstAnswer }) => firstAnswer))
  report('Ready (ms)', measured.map(({ ready }) => ready))
  report('Memory at idle (MB)', measured.map(({ memory }) => memory))
  reportSize('Build', build)
  if (!process.argv[2]) reportSize('Vercel function', vercelFunction)
}
finally {
  await database.drop()
}

interface Start {
  /** Milliseconds from the start of the process to the response of `GET /health`. */
  firstAnswer: number
  /** Milliseconds from the start of the process to the response of `GET /health/ready`. */
  ready: number
  /** Resident memory in MB, a second later; NaN if it cannot be measured. */
  memory: number
}

/** Starts the server, measures, and stops it. */
async function measureStart(databaseUrl: string): Promise<Start> {
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...testEnvironment, DATABASE_URL: databaseUrl }
  const begin = performance.now()
  const server = spawn(process.execPath, [join(build, 'index.mjs')], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(server, 'exit')
  try {
    const url = await Promise.race([addressOf(server), exited.then(() => Promise.reject(new Error('It exited.')))])
    await request(`${url}/health`)
    const firstAnswer = performance.now() - begin
    await request(`${url}/health/ready`)
    const ready = performance.now() - begin
    await setTimeout(1000)
    return { firstAnswer, ready, memory: (memoryOf(server.pid!) ?? NaN) / 2 ** 20 }
  }
  finally {
    server.kill()
    await exited
  }
}

/** Waits until the server prints its address. Polling would take processor time from it. */
async function addressOf(server: ChildProcess): Promise<string> {
  let output = ''
  for await (const chunk of server.stderr!) {
    output += String(chunk)
    const [, url] = /Listening on (http:\S+)/.exec(output) ?? []
    if (url) return url
  }
  throw new Error(`The server did not start: ${output}`)
}

/** Sends a request and waits for a 200. */
function request(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      response.resume().on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${url} returned ${response.statusCode}`)))
    }).on('error', reject)
  })
}

function report(name: string, values: number[]): void {
  const [min, middle, max] = [Math.min(...values), median(values)!, Math.max(...values)].map(value => value.toFixed(0))
  console.log(`${name.padEnd(20)}  median ${middle}  min ${min}  max ${max}`)
}

function reportSize(name: string, directory: string): void {
  if (!existsSync(directory)) return
  const files = globSync('**/*', { cwd: directory, withFileTypes: true }).filter(entry => entry.isFile())
  const sizes = files.map(file => statSync(join(file.parentPath, file.name)).size)
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6
  console.log(`${name.padEnd(20)}  ${megabytes.toFixed(1)} MB in ${files.length} files`)
}
