/** An operation of the OpenAPI document, as far as its names depend on it. */
export interface NamedOperation {
  operationId: string
  /** The path template, such as `/api/users/{user_id}/chats`. */
  path: string
}

/** Where the client has an operation. */
interface Place {
  /** The property of the client that has the method; undefined for a method of the client itself. */
  namespace: string | undefined
  method: string
  /** What the operation is about, in the singular, such as `Chat`. */
  noun: string
}

/** The parts of an operation id. */
interface Parts {
  verb: string
  /** The words between the verb and the noun. */
  qualifier: string
  /** In the singular. */
  noun: string
  isPlural: boolean
}

/** The resource that is implied by the session. */
const implied = 'User'

/** Second words of verbs, such as `signUp`. */
const particles = ['In', 'Out', 'Up']

/**
 * Derives the names of the client from the operation ids, which are a verb, sometimes a qualifier, and a noun.
 *
 * - The namespace is the plural of the noun, unless there is only one thing of that kind: `chats`, `user`.
 * - The method is the verb. A qualifier that is a resource becomes `For…`, and any other one follows the verb:
 *   `listForProject`, `deleteLast`. The user is implied.
 * - `deleteMany` is a method for several things beside one for a single thing, `delete`.
 * - An id without a noun, such as `signUp`, is a method of the client.
 *
 * @throws Error if two operations would get the same name
 */
export function placesOf(operations: NamedOperation[]): Map<string, Place> {
  const all = operations.map(operation => ({ ...operation, ...partsOf(operation) }))
  const nouns = new Set(all.map(({ noun }) => noun).filter(Boolean))
  const places = new Map<string, Place>()
  for (const { operationId, verb, qualifier, noun, isPlural } of all) {
    if (!noun) {
      places.set(operationId, { namespace: undefined, method: operationId, noun })
      continue
    }
    const ofNoun = all.filter(other => other.noun === noun)
    const hasMany = ofNoun.some(({ path, isPlural }) => isPlural || /{(?!user_id)/.test(path))
    const hasSingular = ofNoun.some(other =>
      other.verb === verb && other.qualifier === qualifier && !other.isPlural)
    const many = isPlural && hasSingular ? 'Many' : ''
    const suffix = qualifier === implied ? '' : nouns.has(qualifier) ? `For${qualifier}` : qualifier
    const method = nouns.has(qualifier) ? verb + many + suffix : verb + suffix + many
    places.set(operationId, { namespace: lowerFirst(hasMany ? pluralOf(noun) : noun), method, noun })
  }
  assertUnique([...places.values()])
  return places
}

function partsOf({ operationId, path }: NamedOperation): Parts {
  const [verb, ...words] = operationId.split(/(?=[A-Z])/) as [string, ...string[]]
  if (words.length === 1 && particles.includes(words[0]!))
    return { verb: operationId, qualifier: '', noun: '', isPlural: false }
  // A noun of several words is named in the path: /whitelist-entries, /shared/chats.
  const collections = path.split(/{\w+}/).map(part => `${part.replaceAll(/\W/g, ' ')} `)
  const isNamed = (noun: string) => collections.some(words => words.includes(` ${spaced(pluralOf(noun))} `))
  const candidates = words.map((_, i) => singularOf(words.slice(i).join('')))
  const found = candidates.findIndex(isNamed)
  const start = found < 0 ? words.length - 1 : found
  const noun = words.slice(start).join('')
  return {
    verb,
    qualifier: words.slice(0, start).join(''),
    noun: singularOf(noun),
    isPlural: singularOf(noun) !== noun,
  }
}

/** `WhitelistEntries` as `whitelist entries`. */
const spaced = (name: string) => name.split(/(?=[A-Z])/).join(' ').toLowerCase()

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
export const upperFirst = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

export const singularOf = (noun: string) => noun.replace(/ies$/, 'y').replace(/(?<!s)s$/, '')
const pluralOf = (noun: string) => singularOf(noun).replace(/y$/, 'ie') + 's'

/** Snake case as camel case: `chat_id` as `chatId`. */
export const camelCase = (name: string) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

function assertUnique(places: Place[]): void {
  const names = places.map(({ namespace, method }) => [namespace, method].filter(Boolean).join('.'))
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice) throw new Error(`Several operations would be ${twice} in the client.`)
}
