import { parseArgs } from 'node:util'
import { buildIfStale } from '../bench/build.ts'
import { cleanUp, cleanUpOnSignals, isStopping } from '../bench/cleanup.ts'
import { progress } from '../bench/progress.ts'
import { obstacleTo } from './fault.ts'
import { faults, type FaultName } from './faults.ts'

const names = Object.keys(faults) as FaultName[]

const help = `Makes things go wrong while the production server is in use, and says what it did.

  npm run faults -- [--short] [NAME …]

  --short   as long as the tests try each
  --help    print this help

${names.map(name => `  ${name.padEnd(18)} ${faults[name].title}`).join('\n')}

Everything runs on this machine, on servers and folders that are created for it and removed at the end. PostgreSQL and
nginx have to be installed for those that need them. The exit code is 1 if there was a problem.`

cleanUpOnSignals()
try {
  const { values, positionals } = parseArgs({
    options: { short: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  const unknown = positionals.find(name => !names.some(known => known === name))
  if (unknown !== undefined) throw new Error(`There is no ${unknown}. There are: ${names.join(', ')}.`)
  if (values.help) console.log(help)
  else await runAll(names.filter(name => positionals.length === 0 || positionals.includes(name)), !!values.short)
}
catch (error) {
  // What fails because its server has been stopped is not worth a message.
  if (!isStopping) console.error(error)
  process.exitCode = 1
}
await cleanUp()
// After an error, requests may still be under way.
process.exit()

/** Tries faults one after the other, and prints the findings of each. */
async function runAll(chosen: FaultName[], isShort: boolean): Promise<void> {
  buildIfStale()
  for (const name of chosen) {
    const { title, run } = faults[name]
    const obstacle = obstacleTo(faults[name])
    if (obstacle) {
      console.log(`${name}: skipped, because ${obstacle}`)
      continue
    }
    progress(`${name}: ${title}`)
    const { figures, problems } = await run(isShort ? 'short' : 'long')
    const lines = Object.entries(figures).map(([figure, value]) => `  ${figure}: ${value.toLocaleString('en-US')}`)
    console.log([name, ...lines, ...problems.map(problem => `  PROBLEM: ${problem}`)].join('\n'))
    if (problems.length > 0) process.exitCode = 1
    await cleanUp()
  }
}
