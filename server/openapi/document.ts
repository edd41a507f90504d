import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { routeOf, type Contract } from '#server/contracts/contract'
import { resources } from '#server/contracts/index'
import metadata from '../../package.json' with { type: 'json' }
import { conventions } from './conventions.ts'
import { operationOf } from './operation.ts'

/** Patterns that say nothing beside their format. */
const formatsWithPattern = ['date-time', 'uuid']

/**
 * The OpenAPI document of the whole API, made of its contracts.
 * @param root where the paths begin, as a client sees it
 */
export function describeApi(root = '/') {
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Neptun API',
      version: metadata.version,
      description: conventions,
      license: { name: metadata.license, identifier: metadata.license },
    },
    servers: [{ url: root, description: 'The server that this document comes from' }],
    tags: resources.map(({ name, description }) => ({ name, description })),
    paths: pathsOf(),
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'neptun-session',
          description: 'Set by sign-up and login; the browser sends it by itself.',
        },
        sharePassword: {
          type: 'http',
          scheme: 'basic',
          description: 'The password of a share; the user part does not matter.',
        },
      },
    },
  }, {
    override: ({ jsonSchema }) => {
      if (formatsWithPattern.includes(jsonSchema.format ?? '')) delete jsonSchema.pattern
    },
  })
}

function pathsOf(): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {}
  for (const { name: resource, endpoints } of resources) {
    for (const [name, contract] of Object.entries(endpoints).sort(byRoute)) {
      const { method, path } = routeOf(contract.route)
      paths[path] = { ...paths[path], [method]: operationOf(name, resource, contract) }
    }
  }
  return paths
}

const methods = ['get', 'post', 'patch', 'delete']

/** A list before what is in it, and reading before writing. */
function byRoute([, a]: [string, Contract], [, b]: [string, Contract]): number {
  const [one, other] = [routeOf(a.route), routeOf(b.route)]
  return one.path.localeCompare(other.path, 'en') || methods.indexOf(one.method) - methods.indexOf(other.method)
}
