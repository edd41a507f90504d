import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { defer } from '../bench/cleanup.ts'
import { configureNginx } from '../tests/deployments/nginx.ts'
import { findPort, untilListening } from '../tests/deployments/ports.ts'
import { createEnvironment, untilReady } from './environment.ts'
import type { Fault } from './fault.ts'
import { hasSucceeded, startLoad } from './load.ts'

/** Requests that are sent at least. */
const requests = { short: 2000, long: 10_000 }
const rate = 200
/** As in docker-compose.yml. The timeout is the default: starting a server can keep a busy machine for two seconds. */
const settings = { NUXT_SHUTDOWN_DELAY: '5', NUXT_TRUSTED_PROXIES: '1', NUXT_DATABASE_TIMEOUT: '10' }
/** Milliseconds after which nginx tries a server again. */
const pause = 1500

const hasNginx = !spawnSync('nginx', ['-v']).error

/** A release: two servers behind nginx are replaced one after the other. */
export const rollingRestart: Fault = {
  title: 'two servers behind nginx are restarted one after the other, under load',
  obstacle: hasNginx ? undefined : 'nginx is not installed',
  async run(extent) {
    const { db, start } = await createEnvironment()
    const ports = [await findPort(), await findPort()]
    const startOn = (port: number) => start({ ...settings, PORT: String(port) })
    const servers = await Promise.all(ports.map(startOn))
    const url = await startNginx(ports)
    const load = await startLoad(url, rate)
    let restarts = 0
    while (load.outcomes.length < requests[extent] || restarts < ports.length) {
      const i = restarts++ % ports.length
      await servers[i]!.stop()
      servers[i] = await startOn(ports[i]!)
      await untilReady(servers[i].url)
      await setTimeout(pause)
    }
    await load.stop()
    const failed = load.outcomes.filter(outcome => !hasSucceeded(outcome))
    const kinds = Map.groupBy(failed, ({ method, status, error }) => `${method}: ${status ?? error?.message}`)
    const problems = [
      ...[...kinds].map(([kind, { length }]) => `${length} × ${kind}`),
      ...await load.findLosses(db),
    ]
    await Promise.all(servers.map(server => server.stop('SIGINT')))
    return { figures: { restarts, requests: load.outcomes.length, failed: failed.length }, problems }
  },
}

/** Starts nginx in front of servers, as docker-compose.yml does. */
async function startNginx(ports: number[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'neptun-nginx-'))
  await chmod(folder, 0o755)
  const port = await findPort()
  const hosts = ports.map(port => `127.0.0.1:${port} fail_timeout=1s`)
  const nginx = spawn('nginx', configureNginx(folder, hosts, port), { stdio: 'ignore' })
  defer(async () => {
    nginx.kill()
    await once(nginx, 'exit')
    await rm(folder, { recursive: true })
  })
  await untilListening(port)
  return `http://127.0.0.1:${port}`
}
