import type { H3Event } from 'h3'
import type { Issue } from '#server/errors/invalid'

/**
 * The query parameters that an endpoint knows, as they were sent; all others are ignored.
 * @returns issues for parameters that are repeated, or not UTF-8
 */
export function readQuery(event: H3Event, known: string[]): { values: Record<string, string>, issues: Issue[] } {
  const values: Record<string, string> = {}
  const issues: Issue[] = []
  for (const pair of event.path.slice(event.path.indexOf('?') + 1 || event.path.length).split('&')) {
    const [name, value] = [pair.split('=', 1)[0]!, pair.slice(pair.indexOf('=') + 1 || pair.length)].map(decode)
    if (name === undefined || value === undefined)
      issues.push({ code: 'invalid_format', path: [name ?? pair.split('=', 1)[0]!], message: 'Is not UTF-8' })
    else if (!known.includes(name)) continue
    else if (name in values) issues.push({ code: 'custom', path: [name], message: 'Is given twice' })
    else values[name] = value
  }
  return { values, issues }
}

/** Undefined where the bytes are not UTF-8, which the platform's own parser would silently replace. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  }
  catch {
    return undefined
  }
}
