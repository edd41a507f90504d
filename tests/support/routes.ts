import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const server = join(import.meta.dirname, '../../server')

/** Pages for people and tools, which have no contract. */
const pages = ['routes/index.get.ts', 'routes/docs.get.ts', 'routes/openapi.json.get.ts']

export interface RouteFile {
  /** In the notation of the contracts: `GET /api/users/{user_id}/chats`. */
  route: string
  /** The contract that the handler uses: its module and its name. */
  contract: { module: string, name: string }
}

/** Every endpoint that has a route file. */
export function routesOnDisk(): RouteFile[] {
  return globSync(['api/**/*.ts', 'routes/**/*.ts'], { cwd: server })
    .filter(file => !file.includes('[...]') && !pages.includes(file))
    .map((file) => {
      const [, path, method] = /^(?:routes\/)?(.+?)\.(get|head|post|patch|delete)\.ts$/.exec(file)!
      const address = path!.replace(/\/index$/, '').replaceAll('[', '{').replaceAll(']', '}')
      const source = readFileSync(join(server, file), 'utf8')
      return {
        route: `${method!.toUpperCase()} /${address}`,
        contract: {
          module: /import \* as contract from '#server\/contracts\/([\w-]+)'/.exec(source)![1]!,
          name: /\bdefine\w+\(contract\.(\w+)/.exec(source)![1]!,
        },
      }
    })
}
