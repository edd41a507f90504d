import openapiTS, { astToString, UNDEFINED, type OpenAPITSOptions } from 'openapi-typescript'
import ts from 'typescript'
import { createOpenApiDocument } from '#server/openapi/document'
import type { OpenApiDocument } from './client/operations.ts'
import { clientResources } from './client/resources.ts'
import { configurationPage } from './configuration-page.ts'

/** The committed files that are generated from the contracts and the configuration: content by path. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const json = JSON.stringify(createOpenApiDocument(), undefined, 2)
  const types = await openapiTS(json, { transform: toWebType })
  return {
    'openapi.json': `${json}\n`,
    'docs/configuration.md': configurationPage(),
    'client/src/schema.ts': astToString(types.map(allowUndefined)),
    'client/src/resources.ts': clientResources(JSON.parse(json) as OpenApiDocument),
  }
}

/** Maps forms and binary content to the types that `fetch` uses; the JSON types are the generator's own. */
const toWebType: OpenAPITSOptions['transform'] = ({ format }, { path }) => {
  if (path?.endsWith('/multipart~1form-data')) return ts.factory.createTypeReferenceNode('FormData')
  if (format === 'binary') return ts.factory.createTypeReferenceNode('Blob')
}

/** Lets optional properties be undefined, also for callers that compile with `exactOptionalPropertyTypes`. */
function allowUndefined<T extends ts.Node>(node: T): T {
  const visited = ts.visitEachChild(node, allowUndefined, undefined)
  if (!ts.isPropertySignature(visited) || !visited.questionToken || !visited.type) return visited
  const { modifiers, name, questionToken, type } = visited
  if (type.kind === ts.SyntaxKind.NeverKeyword) return visited
  const types = ts.isUnionTypeNode(type) ? type.types : [type]
  const union = ts.factory.createUnionTypeNode([...types, UNDEFINED])
  return ts.factory.updatePropertySignature(visited, modifiers, name, questionToken, union) as typeof visited
}
