import { cleanUp, cleanUpOnSignals, isStopping } from './cleanup.ts'
import { endpoints, type EndpointName } from './endpoints.ts'
import { measureEndpoints } from './forms/endpoints.ts'
import { measureScale } from './forms/scale.ts'
import { measureWrites } from './forms/write.ts'
import { generatorName } from './load.ts'
import { readOptions, type Options } from './options.ts'
import { progress } from './progress.ts'
import { writeSection } from './report.ts'

/** The endpoints of the quick form: one with large answers, and a list. */
const quickEndpoints: EndpointName[] = ['messages', 'project-chats']

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
  const report = await measure(options)
  console.log(report)
  if (form !== 'quick' && chosen.length === 0) writeSection(form === 'full' ? 'endpoints' : form, report)
}

function measure(options: Options): Promise<string> {
  const { form, endpoints: chosen } = options
  const all = form === 'quick' ? quickEndpoints : Object.keys(endpoints) as EndpointName[]
  const names = chosen.length > 0 ? chosen : all
  switch (form) {
    case 'quick':
    case 'full': return measureEndpoints(names, options)
    case 'scale': return measureScale(names, options)
    case 'write': return measureWrites(options)
  }
}
