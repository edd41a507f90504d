import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'
import { join } from 'node:path'

const server = join(import.meta.dirname, '../../server')

/** What is for people and for tools: no endpoints, so nothing that a contract promises. */
const pages = ['routes/index.get.ts', 'routes/docs.get.ts', 'routes/openapi.json.get.ts']

export interface RouteFile {
  /** As the index of contracts names it: `GET /api/users/{user_id}/chats`. */
  route: string
  /** The contract that the file takes: the name of its module, and its own. */
  contract: { module: string, name: string }
}

/** Every endpoint on disk, by the file that answers it. */
export function routesOnDisk(): RouteFile[] {
  return globSync(['api/**/*.ts', 'routes/**/*.ts'], { cwd: server })
    .filter(file => !file.includes('[...]') && !pages.includes(file))
    .map((file) => {
      const [, path, method] = /^(?:routes\/)?(.+?)\.(get|post|patch|delete)\.ts$/.exec(file)!
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
