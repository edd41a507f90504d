import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import { groups } from '#server/contracts/index'
import { parseRoute, type Contract } from '#server/contracts/kit/contract'
import { sessionCookie } from '#server/contracts/kit/cookies'
import metadata from '../../package.json' with { type: 'json' }
import { conventions } from './conventions.ts'
import { examples } from './examples.ts'
import { createOperation } from './operation.ts'
import { describeParameter, type Parameter } from './parameters.ts'

/** Formats whose pattern is redundant. */
const formatsWithPattern = ['date-time', 'uuid']

/**
 * Creates the OpenAPI document from the contracts.
 * @param root the prefix of all paths, as the client sees it
 * @param requests replaces examples of requests, by operation id
 */
export function createOpenApiDocument(root = '', requests: Record<string, unknown> = {}) {
  const document = createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Neptun API',
      version: metadata.version,
      description: conventions,
      license: { name: metadata.license, identifier: metadata.license },
    },
    servers: [{ url: root || '/', description: 'The server that this document was requested from' }],
    tags: groups.map(({ name, description }) => ({ name, description })),
    paths: createPaths(requests),
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
  const operations = Object.values(document.paths!).flatMap(methods => Object.values(methods as Operations))
  for (const { parameters } of operations) parameters?.forEach(describeParameter)
  return document
}

type Operations = Record<string, { parameters?: Parameter[] }>

function createPaths(requests: Record<string, unknown>): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {}
  for (const { name: group, endpoints } of groups) {
    for (const [name, contract] of Object.entries(endpoints).sort(byRoute)) {
      const { method, path } = parseRoute(contract.route)
      const example = { ...examples[name], ...name in requests && { request: requests[name] } }
      paths[path] = { ...paths[path], [method]: createOperation(name, group, contract, example) }
    }
  }
  return paths
}

const methods = ['get', 'head', 'post', 'patch', 'delete']

/** The paths of a first session, by their beginnings. Others come last. */
const beginnings = ['/api/auth/sign-up', '/api/auth/login', '/api/auth/check', '/api/auth/logout', '/api/users/', '/']

const rank = (path: string) => beginnings.findIndex(beginning => path.startsWith(beginning))

/** Sorts by the order of a first session, then lists before their items, and reads before writes. */
function byRoute([, a]: [string, Contract], [, b]: [string, Contract]): number {
  const [one, other] = [parseRoute(a.route), parseRoute(b.route)]
  return rank(one.path) - rank(other.path)
    || one.path.localeCompare(other.path, 'en')
    || methods.indexOf(one.method) - methods.indexOf(other.method)
}
