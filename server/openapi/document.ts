import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { groups } from '#server/contracts/index'
import { parseRoute, type Contract } from '#server/contracts/kit/contract'
import { sessionCookie } from '#server/contracts/kit/cookies'
import metadata from '../../package.json' with { type: 'json' }
import { conventions } from './conventions.ts'
import { createOperation } from './operation.ts'

/** Formats whose pattern is redundant. */
const formatsWithPattern = ['date-time', 'uuid']

/**
 * Creates the OpenAPI document from the contracts.
 * @param root the prefix of all paths, as the client sees it
 */
export function createOpenApiDocument(root = '') {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Neptun API',
      version: metadata.version,
      description: conventions,
      license: { name: metadata.license, identifier: metadata.license },
    },
    servers: [{ url: root || '/', description: 'The server that this document was requested from' }],
    tags: groups.map(({ name, description }) => ({ name, description })),
    paths: createPaths(),
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description: 'Set by sign-up and login. Browsers send it automatically.',
        },
        sharePassword: {
          type: 'http',
          scheme: 'basic',
          description: 'The password of a share. The user name is ignored.',
        },
      },
    },
  }, {
    override: ({ jsonSchema }) => {
      if (formatsWithPattern.includes(jsonSchema.format ?? '')) delete jsonSchema.pattern
    },
  })
}

function createPaths(): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {}
  for (const { name: group, endpoints } of groups) {
    for (const [name, contract] of Object.entries(endpoints).sort(byRoute)) {
      const { method, path } = parseRoute(contract.route)
      paths[path] = { ...paths[path], [method]: createOperation(name, group, contract) }
    }
  }
  return paths
}

const methods = ['get', 'head', 'post', 'patch', 'delete']

/** Sorts lists before their items, and reads before writes. */
function byRoute([, a]: [string, Contract], [, b]: [string, Contract]): number {
  const [one, other] = [parseRoute(a.route), parseRoute(b.route)]
  return one.path.localeCompare(other.path, 'en') || methods.indexOf(one.method) - methods.indexOf(other.method)
}
