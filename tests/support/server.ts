import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { deployment, programOf } from '../deployments/deployment.ts'
import { createMigratedDatabase } from './databases.ts'

/** The parameters of Node.js that run the server, or a deployment of it. */
const program = deployment ? programOf(deployment) : [join(import.meta.dirname, '../../.output/server/index.mjs')]

/** A line of the log. */
interface LogLine extends Record<string, unknown> {
  level: string
  event: string
}

export interface RunningServer {
  url: string
  pid: number
  /** Everything that it has printed so far. */
  output: () => string
  /** The lines of its log so far, which is all of its standard output. */
  log: () => LogLine[]
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/** Hashes passwords quickly, and sets cookies without https. */
export const testEnvironment = {
  NUXT_BCRYPT_COST: '4',
  NUXT_SESSION_COOKIE_SECURE: 'false',
  NUXT_SIGNING_SECRET: 'a secret for the tests and nothing else',
  // All tests come from the same address.
  NUXT_LOGIN_LIMIT: '1000000',
  NUXT_LOGIN_ADDRESS_LIMIT: '1000000',
  NUXT_SIGN_UP_LIMIT: '1000000',
}

/**
 * Starts the built server with only these environment variables, and waits until it listens and an embedded database is
 * open.
 * @param cwd its working directory; by default a temporary folder
 * @param onOutput receives what it prints
 */
export async function startServer(
  environment: Record<string, string>,
  cwd?: string,
  onOutput?: (text: string) => void,
): Promise<RunningServer> {
  const started = await run({ PORT: '0', HOST: '127.0.0.1', ...environment }, cwd, onOutput)
  const { child, kill, output, log, exited, cleanUp } = started
  const url = await new Promise<string>((resolve, reject) => {
    const check = () => {
      const [, address] = /Listening on (http:\S+)/.exec(output()) ?? []
      if (address) resolve(address)
    }
    child.stderr!.on('data', check)
    exited.then(code => reject(new Error(`The server exited with ${code}: ${output()}`)), reject)
  })
  // Creating an embedded database can take longer than a request waits for it.
  while (!environment.DATABASE_URL && !(await fetch(`${url}/health/ready`)).ok) await setTimeout(100)
  return {
    url,
    pid: child.pid!,
    output,
    log,
    async stop(signal = 'SIGTERM') {
      kill(signal)
      await exited
      await cleanUp()
    },
  }
}

interface ServerExit {
  code: number | null
  output: string
}

/** Runs the built server until it exits. */
export async function runServer(environment: Record<string, string>, cwd?: string): Promise<ServerExit> {
  const { exited, output, cleanUp } = await run({ PORT: '0', ...environment }, cwd)
  const code = await exited
  await cleanUp()
  return { code, output: output() }
}

async function run(environment: Record<string, string>, cwd?: string, onOutput?: (text: string) => void) {
  const folder = cwd ?? await mkdtemp(join(tmpdir(), 'neptun-test-'))
  // Only the server itself can use an embedded database.
  const database = deployment && !environment.DATABASE_URL ? await createMigratedDatabase() : undefined
  const { NUXT_SIGNING_SECRET } = testEnvironment
  const ofDatabase = database && { NUXT_SIGNING_SECRET, DATABASE_URL: database.url }
  const child: ChildProcess = spawn(process.execPath, program, {
    cwd: folder,
    env: { PATH: process.env.PATH, ...ofDatabase, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // In a group with the processes that it starts.
    detached: !!deployment,
  })
  let printed = ''
  let logged = ''
  const collect = (chunk: Buffer) => {
    printed += chunk.toString()
    onOutput?.(chunk.toString())
  }
  child.stdout!.on('data', (chunk: Buffer) => {
    logged += chunk.toString()
    collect(chunk)
  })
  child.stderr!.on('data', collect)
  // A test that fails or times out may not get to stop its server.
  const kill = (signal: NodeJS.Signals) =>
    deployment && signal === 'SIGKILL' ? process.kill(-child.pid!, signal) : child.kill(signal)
  const killAtExit = () => kill('SIGKILL')
  process.once('exit', killAtExit)
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      process.off('exit', killAtExit)
      resolve(code)
    })
  })
  const cleanUp = async () => {
    if (!cwd) await rm(folder, { recursive: true, force: true })
    await database?.drop()
  }
  const log = () => logged.split('\n').slice(0, -1).map(line => JSON.parse(line) as LogLine)
  return { child, kill, output: () => printed, log, exited, cleanUp }
}
