import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onceOrphaned } from './orphan.ts'

/** The processes of a deployment. It behaves like a server: it prints its address, and ends all of them at SIGTERM. */

const entry = join(import.meta.dirname, '../../.output/server/index.mjs')
const children: ChildProcess[] = []

/** A folder for the files of the deployment, which other users may read. */
export const folder = mkdtempSync(join(tmpdir(), 'neptun-deployment-'))
chmodSync(folder, 0o755)

/**
 * Starts a program, whose output is that of the deployment. If it exits, so does the deployment.
 * @param onOutput receives what it prints on the standard error, instead
 */
export function run(
  command: string,
  parameters: string[],
  { onOutput, ...options }: { env?: NodeJS.ProcessEnv, uid?: number, onOutput?: (text: string) => void } = {},
): void {
  const child = spawn(command, parameters, { stdio: ['ignore', 'inherit', onOutput ? 'pipe' : 'inherit'], ...options })
  child.stderr?.on('data', (chunk: Buffer) => onOutput!(chunk.toString()))
  child.on('exit', code => void stop(code ?? 1)).on('error', (error) => {
    console.error(`Cannot start ${command}: ${error.message}`)
    void stop(1)
  })
  children.push(child)
}

/**
 * Starts the server that has been built.
 * @returns its address, once it listens
 */
export function runServer(environment: NodeJS.ProcessEnv): Promise<URL> {
  return new Promise((resolve) => {
    const onOutput = (text: string) => {
      const [, address] = /^Listening on (http:\S+)$/m.exec(text) ?? []
      if (address) resolve(new URL(address))
      process.stderr.write(text.replace(/^Listening on .*\n/m, ''))
    }
    run(process.execPath, [entry], { env: environment, onOutput })
  })
}

let isStopping = false

/** Ends all processes, those that were started last first. */
async function stop(code = 0): Promise<void> {
  if (isStopping) return
  isStopping = true
  for (const child of children.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) continue
    child.kill()
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true })
  process.exit(code)
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
onceOrphaned(() => void stop())
