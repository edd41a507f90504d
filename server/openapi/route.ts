/** The parts of a route such as `GET /api/users/{user_id}/chats`. */
export function routeOf(route: string): { method: string, path: string, parameters: string[] } {
  const [method, path] = route.split(' ') as [string, string]
  return { method: method.toLowerCase(), path, parameters: [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name!) }
}
