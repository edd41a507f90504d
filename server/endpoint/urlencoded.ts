import { issue, type Issue } from '#server/contracts/kit/issues'

/**
 * The values of those fields of a query or a form that an endpoint takes. Others are ignored.
 * @param text `name=value` pairs, separated by `&`
 * @returns issues for fields that are repeated or not UTF-8
 */
export function parseUrlencoded(
  text: string,
  names: readonly string[],
): { values: Record<string, string>, issues: Issue[] } {
  const values: Record<string, string> = {}
  const issues: Issue[] = []
  for (const pair of text.split('&')) {
    const end = pair.indexOf('=')
    const rawName = end < 0 ? pair : pair.slice(0, end)
    const [name, value] = [decode(rawName), end < 0 ? '' : decode(pair.slice(end + 1))]
    if (name === undefined || value === undefined)
      issues.push(issue([name ?? rawName], 'Must be UTF-8', 'invalid_format'))
    else if (!names.includes(name)) continue
    else if (name in values) issues.push(issue([name], 'Must not be repeated'))
    else values[name] = value
  }
  return { values, issues }
}

const encoded = /[%+]/

/** Undefined for invalid UTF-8, which URLSearchParams would replace silently. */
function decode(text: string): string | undefined {
  if (!encoded.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  }
  catch {
    return undefined
  }
}
