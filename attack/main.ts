import { cleanUp, cleanUpOnSignals, isStopping } from '../bench/cleanup.ts'
import { openDatabase } from '../bench/database.ts'
import { buildIfStale } from '../bench/build.ts'
import { readOptions, type Options } from './options.ts'
import { parts, weightOf } from './parts.ts'
import { reportFalls, reportTable } from './report.ts'
import { runPart, type Result } from './run-part.ts'

cleanUpOnSignals()
try {
  const options = readOptions()
  if (options) await attack(options)
}
catch (error) {
  // What fails because its server has been stopped is not worth a message.
  if (!isStopping) console.error((error as Error).message)
  process.exitCode = 1
}
await cleanUp()

/** Runs the parts one after the other, and prints what was tried and what fell. */
async function attack({ seconds, parts: names, server }: Options): Promise<void> {
  buildIfStale()
  const database = await openDatabase({ server, name: 'neptun_attack', seed: [], keep: false })
  const results: Result[] = []
  for (const name of names) {
    const share = weightOf([name]) / weightOf(names)
    results.push(await runPart(name, parts[name], database.url, seconds * share))
  }
  console.log(`\n${reportTable(results)}\n\n${reportFalls(results)}`)
  if (results.some(({ tally }) => tally.total.fell > 0)) process.exitCode = 1
}
