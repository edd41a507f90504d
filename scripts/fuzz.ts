import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const help = `Sends requests made from openapi.json to a server of its own, and holds every answer against that document.

  npm run fuzz -- [--cases N] [--seed N]

  --cases N   how many requests (100000)
  --seed N    repeats the run that told this seed
  --help      tells this

The server is built anew and has an embedded database in memory, or one of its own on the server that TEST_DATABASE_URL
names. Ends with 1 on a failure, and then tells the smallest request found that causes it.`

const { values: { cases, seed, help: wantsHelp } } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    help: { type: 'boolean' },
  },
})

if (wantsHelp) {
  console.log(help)
}
else if (!/^[1-9]\d*$/.test(cases) || !/^\d+$/.test(seed)) {
  console.error(help)
  process.exitCode = 1
}
else {
  // The suite has everything that it takes: the build, the database, the server.
  const { status } = spawnSync('vitest', ['run', 'tests/fuzz/fuzz.test.ts', '--disable-console-intercept'], {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_CASES: cases, FUZZ_SEED: seed },
  })
  process.exitCode = status ?? 1
}
