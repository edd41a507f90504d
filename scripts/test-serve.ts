import { createInterface } from 'node:readline'
import { announce, announcedPid, withdraw } from '../tests/support/attach.ts'
import { build } from '../tests/support/build.ts'
import { createDatabase, realServer } from '../tests/support/databases.ts'
import { startSharedServer } from '../tests/support/shared-server.ts'

/** Keeps the server of the tests running, so that `npm run test:one` does not have to build and start one. */

const other = announcedPid()
if (other) {
  console.error(`A test server is already running (pid ${other}).`)
  process.exit(1)
}

console.log('Building the server …')
const [database] = await Promise.all([createDatabase(), build()])
let server = await start()
let isBusy = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop())
createInterface({ input: process.stdin }).on('line', () => void rebuild())

async function start() {
  const started = await startSharedServer(database, text => process.stdout.write(text))
  await announce(started.url, database.url)
  console.log(`
The test server is ready, with ${realServer ? 'a database on TEST_DATABASE_URL' : 'an embedded database in memory'}.
In another terminal, run a test file:

  npm run test:one -- tests/readme.test.ts

Press Enter to rebuild, Ctrl-C to stop.
`)
  return started
}

async function rebuild() {
  if (isBusy) return
  isBusy = true
  withdraw()
  await server.stop()
  console.log('Building the server …')
  try {
    await build()
    server = await start()
  }
  catch (error) {
    console.error(`${(error as Error).message}\nPress Enter to try again, Ctrl-C to stop.`)
  }
  isBusy = false
}

async function stop() {
  withdraw()
  await server.stop()
  await database.drop()
  process.exit()
}
