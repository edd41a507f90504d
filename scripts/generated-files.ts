import openapiTS, { astToString, type OpenAPITSOptions } from 'openapi-typescript'
import ts from 'typescript'
import { describeApi } from '#server/openapi/document'

/** The files that are made of the contracts and committed, by their paths. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const document = JSON.stringify(describeApi(), undefined, 2)
  return {
    'openapi.json': `${document}\n`,
    'client/src/schema.ts': astToString(await openapiTS(document, { transform: toWebType })),
  }
}

/** Forms and bytes are what `fetch` takes and gives; anything else is as JSON has it. */
const toWebType: OpenAPITSOptions['transform'] = ({ format }, { path }) => {
  if (path?.endsWith('/multipart~1form-data')) return ts.factory.createTypeReferenceNode('FormData')
  if (format === 'binary') return ts.factory.createTypeReferenceNode('Blob')
}
