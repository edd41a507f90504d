import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const help = `Sends requests generated from openapi.json to a test server and checks every response against it.

  npm run fuzz -- [--cases N] [--seed N]

  --cases N   number of requests (default: 100000)
  --seed N    seed of the run to repeat
  --help      print this help

Each run builds the server and starts it on an in-memory embedded database, or on a temporary database on the server
named by TEST_DATABASE_URL. On failure it exits with 1 and prints the smallest request found that reproduces it.`

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
  // The global setup of the test suite provides the build, the database and the server.
  const { status } = spawnSync('vitest', ['run', 'tests/fuzz/fuzz.test.ts', '--disable-console-intercept'], {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_CASES: cases, FUZZ_SEED: seed },
  })
  process.exitCode = status ?? 1
}
