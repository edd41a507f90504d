import { configureNginx } from './nginx.ts'
import { findPort, untilListening } from './ports.ts'
import { folder, run, runServer } from './processes.ts'

/** Runs several servers on one database, behind nginx, which sends each request to the next one. */

const count = Number(process.argv[2])
const environment = {
  ...process.env,
  PORT: '0',
  // One more than without nginx.
  NUXT_TRUSTED_PROXIES: String(Number(process.env.NUXT_TRUSTED_PROXIES ?? 0) + 1),
}
// One after the other: instances.test.ts tells them apart by the times of their starts.
const servers: URL[] = []
while (servers.length < count) servers.push(await runServer(environment))
const port = await findPort()
run('nginx', configureNginx(folder, servers.map(({ host }) => host), port))
await untilListening(port)
console.error(`Listening on http://127.0.0.1:${port}`)
