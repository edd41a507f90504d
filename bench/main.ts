import { cleanUp, cleanUpOnSignals, isStopping } from './cleanup.ts'
import { endpoints, type EndpointName } from './endpoints.ts'
import { measureEndpoints } from './forms/endpoints.ts'
import { measureScale } from './forms/scale.ts'
import { generatorName } from './load.ts'
import { readOptions, type Options } from './options.ts'
import { progress } from './progress.ts'
import { writeSection } from './report.ts'

cleanUpOnSignals()
try {
  const options = readOptions()
  if (options) await run(options)
}
catch (error) {
  // What fails because its server has been stopped is not worth a message.
  if (!isStopping) console.error((error as Error).message)
  process.exitCode = 1
}
await cleanUp()

/** Measures what the form says, prints the report, and writes it to docs/performance.md if it is complete. */
async function run(options: Options): Promise<void> {
  progress(`Load comes from ${generatorName}`)
  const { form, endpoints: chosen } = options
  const all = Object.keys(endpoints) as EndpointName[]
  const names = chosen.length > 0 ? chosen : form === 'quick' ? ['messages', 'project-chats'] as const : all
  const report = form === 'scale' ? await measureScale(names, options) : await measureEndpoints(names, options)
  console.log(report)
  if (chosen.length > 0 || form === 'quick') return
  writeSection(form === 'full' ? 'endpoints' : form, report)
}
