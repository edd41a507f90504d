import type { Case, Target } from './case.ts'

/** A GET request with further headers. */
function get(kind: string, title: string, path: (target: Target) => string, more: Record<string, string> = {}): Case {
  return {
    kind,
    title,
    request: target => ({ method: 'GET', path: path(target), headers: { ...target.headers, ...more } }),
  }
}

const chats = ({ home }: Target) => `${home}/chats`
const shared = ({ ids }: Target) => `/api/shared/chats/${ids.uuid}`

/** Just below the limit of Node.js for all headers together, and beyond it. */
const lengths = [15_000, 70_000]

const paths: Case[] = lengths.flatMap((length) => {
  const kind = 'long paths and queries'
  const title = (what: string) => `${length} bytes of ${what}`
  return [
    get(kind, title('path'), () => `/${'x'.repeat(length)}`),
    get(kind, title('slashes'), () => '/'.repeat(length)),
    get(kind, title('dots'), () => '/..'.repeat(length / 3)),
    get(kind, title('escapes'), () => `/${'%2e%2f'.repeat(length / 6)}`),
    get(kind, title('an id'), ({ home }) => `${home}/chats/${'9'.repeat(length)}`),
    get(kind, title('parameters'), target => `${chats(target)}?${'a=b&'.repeat(length / 4)}`),
    get(kind, title('limits'), target => `${chats(target)}?${'limit=1&'.repeat(length / 8)}`),
    get(kind, title('cursor'), target => `${chats(target)}?limit=1&cursor=${'x'.repeat(length)}`),
    get(kind, title('order'), target => `${chats(target)}?order_by=${'name:asc,'.repeat(length / 9)}`),
    get(kind, title('filter'), ({ home }) => `${home}/projects?project_type=${'%F0%9F%AA%90'.repeat(length / 12)}`),
    get(kind, title('signature'), ({ download }) => `${download}${'x'.repeat(length)}`),
  ]
})

const headers: Case[] = lengths.flatMap((length) => {
  const kind = 'long cookies and headers'
  const title = (what: string) => `${length} bytes of ${what}`
  return [
    get(kind, title('a cookie'), chats, { cookie: `a=${'x'.repeat(length)}` }),
    get(kind, title('cookies'), chats, { cookie: 'a=b; '.repeat(length / 5) }),
    get(kind, title('sessions'), chats, { cookie: 'neptun-session=x; '.repeat(length / 18) }),
    get(kind, title('unlock cookies'), shared, { cookie: `neptun-unlock=${'1.x'.repeat(length / 3)}` }),
    get(kind, title('a password'), shared, { authorization: `Basic ${'OjEx'.repeat(length / 4)}` }),
    get(kind, title('ranges'), ({ download }) => download, { range: `bytes=${'0-0,'.repeat(length / 4)}1-1` }),
    get(kind, title('a suffix range'), ({ download }) => download, { range: `bytes=-${'0'.repeat(length)}1` }),
    get(kind, title('entity tags'), ({ download }) => download, { 'if-none-match': '"x", '.repeat(length / 5) }),
    get(kind, title('addresses'), chats, { 'x-forwarded-for': '1.1.1.1, '.repeat(length / 9) }),
    get(kind, title('a content type'), chats, { 'content-type': `text/plain;${'a=b;'.repeat(length / 4)}` }),
    get(kind, title('an origin'), chats, { origin: `https://${'x'.repeat(length)}` }),
    get(kind, title('a user agent'), chats, { 'user-agent': 'x'.repeat(length) }),
    get(kind, title('many headers'), chats,
      Object.fromEntries(Array.from({ length: length / 10 }, (_, i) => [`x-${i}`, 'x']))),
  ]
})

/** Requests with long lines and headers. */
export const headCases: Case[] = [...paths, ...headers]

/** The number of different orders in a round. */
const orderCount = 1000

/** Orders by all columns, each of which is a statement of its own. */
export const orderCases: Case[] = orders().map(order =>
  get('different orders', order, target => `${chats(target)}?limit=10&order_by=${order}`))

function orders(): string[] {
  const columns = ['id', 'name', 'model', 'created_at', 'updated_at']
  return permutationsOf(columns).flatMap(permutation => Array.from({ length: 2 ** columns.length }, (_, directions) =>
    permutation.map((column, i) => `${column}:${directions & 2 ** i ? 'desc' : 'asc'}`).join()))
    // Columns after the id are redundant.
    .filter(order => order.lastIndexOf('id:') > order.lastIndexOf(',')).slice(0, orderCount)
}

function permutationsOf(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]]
  return items.flatMap(item => permutationsOf(items.filter(other => other !== item)).map(rest => [item, ...rest]))
}
