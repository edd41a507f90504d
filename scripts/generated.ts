import openapiTS, { astToString } from 'openapi-typescript'
import { describeApi } from '#server/openapi/document'

/** The files that are made of the contracts and committed, by their paths. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const document = JSON.stringify(describeApi(), undefined, 2)
  return {
    'openapi.json': `${document}\n`,
    'client/src/schema.ts': astToString(await openapiTS(document)),
  }
}
