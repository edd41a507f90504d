import { globSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'

/** A rule of `config.json`: https://vercel.com/docs/build-output-api/configuration#routes */
interface Route {
  handle?: string
  src?: string
  dest?: string
  headers?: Record<string, string>
  continue?: boolean
}

export interface Match {
  /** Of all responses, unless the function sets them itself. */
  headers: Record<string, string>
  /** The file to send, or the directory of the function to invoke; neither if there is none. */
  file?: string
  func?: string
}

/** Finds out what answers a path, as the configuration of a build says. */
export function readRoutes(output: string): (path: string) => Match {
  const { routes } = JSON.parse(readFileSync(join(output, 'config.json'), 'utf8')) as { routes: Route[] }
  const patterns = routes.map(({ src }) => src === undefined ? undefined : new RegExp(`^${src}$`))

  const isFile = (entry: { isDirectory: () => boolean }) => !entry.isDirectory()
  const files = new Set(globSync('static/**', { cwd: output, withFileTypes: true })
    .filter(isFile).map(({ parentPath, name }) => join(parentPath, name)))
  const functions = new Set(globSync('functions/**/*.func', { cwd: output }).map(name => join(output, name)))

  const lookUp = (path: string): Pick<Match, 'file' | 'func'> | undefined => {
    const name = normalize(`/${path}`)
    const [file, func] = [join(output, 'static', name), join(output, 'functions', `${name}.func`)]
    return files.has(file) ? { file } : functions.has(func) ? { func } : undefined
  }

  return (path) => {
    const headers: Record<string, string> = {}
    for (const [i, route] of routes.entries()) {
      if (route.handle === 'filesystem') {
        const found = lookUp(path)
        if (found) return { headers, ...found }
      }
      if (!patterns[i]?.test(path)) continue
      for (const [name, value] of Object.entries(route.headers ?? {})) headers[name.toLowerCase()] = value
      if (!route.continue) return { headers, ...lookUp(route.dest!.split('?')[0]!) }
    }
    return { headers }
  }
}
