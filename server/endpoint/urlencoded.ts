import { issue, type Issue } from '#server/contracts/kit/issues'

/**
 * The values of those fields of a query or a form that an endpoint takes. Others are ignored.
 * @param text `name=value` pairs, separated by `&`
 * @returns issues for fields that are repeated or not UTF-8
 */
export function parseUrlencoded(text: string, names: string[]): { values: Record<string, string>, issues: Issue[] } {
  const values: Record<string, string> = {}
  const issues: Issue[] = []
  for (const pair of text.split('&')) {
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
