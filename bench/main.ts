import { cleanUp, cleanUpOnSignals, isStopping } from './cleanup.ts'
import { endpoints, type EndpointName } from './endpoints.ts'
import { measureEndpoints } from './forms/endpoints.ts'
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

async function run(options: Options): Promise<void> {
  progress(`Load comes from ${generatorName}`)
  const isPartial = options.endpoints.length > 0
  const names = isPartial ? options.endpoints : namesOf(options)
  const report = await measureEndpoints(names, options)
  console.log(report)
  if (options.form === 'full' && !isPartial) writeSection('endpoints', report)
}

function namesOf({ form }: Options): EndpointName[] {
  return form === 'full' ? Object.keys(endpoints) as EndpointName[] : ['messages', 'project-chats']
}
