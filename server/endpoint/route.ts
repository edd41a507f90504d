import type { H3Event } from 'h3'

/** What stands for the route of a request that no route matches. */
const noRoute = '(no route)'

const assets = '/docs/assets/'

/** Whether a path is that of a static file, which the router does not know. */
export const isAsset = (path: string) => path.startsWith(assets)

const documented = new Map<string, string>([['/**', noRoute]])

/** A route of the router as the documentation writes it: `/api/users/[user_id]/chats`. */
export function documentedRoute(route: string): string {
  const known = documented.get(route)
  if (known !== undefined) return known
  const name = route.replace(/:(\w+)/g, '[$1]')
  documented.set(route, name)
  return name
}

/** The route of a request as the documentation writes it. It contains nothing that the client has sent. */
export function routeOf({ context, path }: H3Event): string {
  if (context.matchedRoute) return documentedRoute(context.matchedRoute.path)
  return isAsset(path) ? `${assets}[file]` : noRoute
}
