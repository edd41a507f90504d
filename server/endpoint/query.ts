import type { H3Event } from 'h3'
import { issue, type Issue } from '#server/contracts/kit/issues'

/**
 * The raw values of the query parameters that an endpoint takes. Others are ignored.
 * @returns issues for parameters that are repeated or not UTF-8
 */
export function readQuery(event: H3Event, names: string[]): { values: Record<string, string>, issues: Issue[] } {
  const values: Record<string, string> = {}
  const issues: Issue[] = []
  for (const pair of event.path.slice(event.path.indexOf('?') + 1 || event.path.length).split('&')) {
    const rawName = pair.split('=', 1)[0]!
    const [name, value] = [rawName, pair.slice(pair.indexOf('=') + 1 || pair.length)].map(decode)
    if (name === undefined || value === undefined)
      issues.push(issue([name ?? rawName], 'Must be UTF-8', 'invalid_format'))
    else if (!names.includes(name)) continue
    else if (name in values) issues.push(issue([name], 'Must not be repeated'))
    else values[name] = value
  }
  return { values, issues }
}

/** Undefined for invalid UTF-8, which URLSearchParams would replace silently. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  }
  catch {
    return undefined
  }
}
