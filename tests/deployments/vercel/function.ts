import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request as send, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { invocationHeader, type Message } from './instance.ts'

/** `.vc-config.json`: https://vercel.com/docs/build-output-api/primitives#serverless-function-configuration */
interface FunctionConfig {
  handler: string
  runtime: string
  launcherType: string
  shouldAddHelpers: boolean
  supportsResponseStreaming: boolean
  /** Seconds. */
  maxDuration: number
}

/** Milliseconds that an instance has to end. */
const gracePeriod = 500

/** A process that runs a function. Without invocations, it is suspended. */
interface Instance {
  process: ChildProcess
  port: number
  /** The invocations under way, and what ends each. */
  invocations: Map<string, () => void>
}

/** A function of a build, in some instances. */
export class VercelFunction {
  readonly config: FunctionConfig
  private readonly folder: string
  private readonly environment: NodeJS.ProcessEnv
  private readonly instances: Promise<Instance>[]
  private readonly agent = new Agent({ keepAlive: true })
  private next = 0

  /** @param folder contains the function and its configuration */
  constructor(folder: string, environment: NodeJS.ProcessEnv, count: number) {
    this.folder = folder
    this.environment = environment
    this.config = JSON.parse(readFileSync(join(folder, '.vc-config.json'), 'utf8')) as FunctionConfig
    const { runtime, launcherType, shouldAddHelpers, supportsResponseStreaming } = this.config
    const [, version] = /^nodejs(\d+)\.x$/.exec(runtime) ?? []
    if (launcherType !== 'Nodejs' || shouldAddHelpers || !supportsResponseStreaming)
      throw new Error(`This platform cannot run a function with ${JSON.stringify(this.config)}.`)
    if (version !== process.versions.node.split('.')[0])
      throw new Error(`The function is for ${runtime}, and this is Node.js ${process.versions.node}.`)
    this.instances = Array.from({ length: count }, () => this.start())
  }

  /** Resolves once all instances have started. */
  ready = () => Promise.all(this.instances)

  /**
   * Sends a request to one of the instances.
   * @returns the beginning of its response; undefined if the function takes longer than it may, or has crashed
   */
  async invoke(request: IncomingMessage, headers: string[], body: Buffer): Promise<IncomingMessage | undefined> {
    const { process, port, invocations } = await this.instances[this.next++ % this.instances.length]!
    const id = randomUUID()
    if (invocations.size === 0) process.kill('SIGCONT')
    const finished = new Promise<void>(resolve => invocations.set(id, resolve))
    const sent = send({
      host: '127.0.0.1', port, method: request.method, path: request.url, setHost: false,
      agent: this.agent,
      headers: [...headers, invocationHeader, id, 'Content-Length', String(body.length)],
    })
    const responded = once(sent, 'response').then(([response]) => response as IncomingMessage)
    const received = responded.then(response => once(response, 'close'))
    const deadline = new AbortController()
    const timedOut = setTimeout(this.config.maxDuration * 1000, 'timeout', deadline).catch(() => {})
    const ended = Promise.race([Promise.allSettled([finished, received]), timedOut]).then((reason) => {
      if (reason === 'timeout') console.error(`${request.method} ${request.url} takes longer than the function may.`)
      deadline.abort()
      sent.destroy()
      invocations.delete(id)
      if (invocations.size === 0) process.kill('SIGSTOP')
    })
    sent.end(body)
    return Promise.race([responded, ended.then(() => undefined)]).catch((error: Error) => {
      console.error(`${request.method} ${request.url} failed: ${error.message}`)
      return undefined
    })
  }

  /** Ends all instances, as the platform does when it needs them no longer. */
  async stop(): Promise<void> {
    await Promise.all(this.instances.map(async (instance) => {
      const { process } = await instance
      const exited = once(process, 'exit')
      process.kill('SIGCONT')
      process.kill('SIGTERM')
      await Promise.race([exited, setTimeout(gracePeriod, undefined, { ref: false })])
      process.kill('SIGKILL')
      await exited
    }))
  }

  /**
   * Starts an instance, which may not write to the disk. If it exits, so does the platform, unlike Vercel, which would
   * start another one.
   */
  private async start(): Promise<Instance> {
    const child = fork(join(import.meta.dirname, 'instance.ts'), [join(this.folder, this.config.handler)], {
      cwd: this.folder,
      env: this.environment,
      execArgv: ['--permission', '--allow-fs-read=*', '--allow-addons', '--disable-warning=PERM0001'],
    })
    child.once('exit', code => code !== null && process.exit(code))
    const invocations: Instance['invocations'] = new Map()
    return new Promise((resolve) => {
      child.on('message', (message: Message) => {
        if ('finished' in message) return invocations.get(message.finished)?.()
        // Suspended until the first request, once it has had time to print what it has to say.
        resolve({ process: child, port: message.port, invocations })
      })
    })
  }
}
