import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { defer } from './cleanup.ts'

/** A program that serves HTTP on a loopback port. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  url: string
  pid: number
  isRunning: () => boolean
  /** The end of what it has printed so far. */
  output: () => string
  stop: () => Promise<void>
}

/** Milliseconds that a program may take to start. */
const startTimeout = 30_000

/**
 * Starts a program of Node.js that listens on PORT, and waits until it accepts connections. It ends with the benchmark.
 * @param args the script and its arguments; `PORT` stands for the port
 * @param environment what it gets besides PATH, HOST and PORT
 * @throws Error with what it has printed, if it does not start
 */
export async function startServer(args: string[], environment: Record<string, string> = {}): Promise<RunningServer> {
  const port = await freePort()
  const child = spawn(process.execPath, args.map(arg => arg.replace('PORT', String(port))), {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => printed = (printed + chunk.toString()).slice(-10_000))
  defer(() => stop(child))
  const url = `http://127.0.0.1:${port}`
  const start = performance.now()
  while (!await answers(url)) {
    if (!isRunning(child) || performance.now() - start > startTimeout)
      throw new Error(`${args.join(' ')} did not start: ${printed}`)
    await setTimeout(50)
  }
  return { url, pid: child.pid!, isRunning: () => isRunning(child), output: () => printed, stop: () => stop(child) }
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null

async function stop(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return
  const exited = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  // A server waits for the requests in flight.
  await Promise.race([exited, setTimeout(2000)])
  child.kill('SIGKILL')
  await exited
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).body?.cancel()
    return true
  }
  catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
