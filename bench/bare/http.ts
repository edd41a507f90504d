import { hash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { issueFileUrls, ownerOfLink, type FileUrl } from './links.ts'

/** Who sends a request, as the cookie says. Whether the session is alive is up to the statements. */
export interface Owner {
  /** The id of the user. */
  user: string
  /** SHA-256 of the session token. */
  token: Uint8Array
}

/** A request of a signed-in user. */
export interface OwnerRequest {
  owner: Owner
  /** The id in the path after that of the user: a chat or a project. */
  id: string
  path: string
  /** The text after the question mark. */
  query: string
  /** The parsed JSON of the request body; empty for a GET. */
  body: Record<string, string>
  fileUrl: FileUrl
}

/** What to send: a body, or the status of an error. */
export type Answer = { body: string | Uint8Array, headers?: Record<string, string> } | 401 | 404

type Handler = (request: OwnerRequest) => Promise<Answer>

/** The endpoints of a bare server. */
export interface BareApi {
  getChat: Handler
  listChats: Handler
  listProjectChats: Handler
  startChat: Handler
  listMessages: Handler
  appendMessage: Handler
  listFiles: Handler
  openSharedChat: (uuid: string, baseUrl: string) => Promise<Answer>
  downloadFile: (user: string, file: string) => Promise<Answer>
}

const sharedChats = '/api/shared/chats/'
const fileLinks = '/api/files/'

/** Serves endpoints on PORT, without a framework and without validation. */
export function serve(api: BareApi): void {
  const routes = new Map<string, Handler>([
    ['GET /api/users/#/chats', api.listChats],
    ['GET /api/users/#/chats/#', api.getChat],
    ['GET /api/users/#/chats/#/messages', api.listMessages],
    ['POST /api/users/#/chats/#/messages', api.appendMessage],
    ['GET /api/users/#/chats/#/files', api.listFiles],
    ['GET /api/users/#/projects/#/chats', api.listProjectChats],
    ['POST /api/users/#/projects/#/chats', api.startChat],
  ])

  async function handle(request: IncomingMessage): Promise<Answer> {
    const { method, url = '', headers: { host = '', cookie } } = request
    const [path = '', query = ''] = url.split('?')
    const baseUrl = `http://${host}`
    if (path.startsWith(sharedChats)) return api.openSharedChat(path.slice(sharedChats.length), baseUrl)
    if (path.startsWith(fileLinks)) {
      const file = path.slice(fileLinks.length)
      const user = ownerOfLink(file, query)
      return user === undefined ? 404 : api.downloadFile(user, file)
    }
    const owner = ownerOf(cookie)
    if (!owner) return 401
    const handler = routes.get(`${method} ${path.replace(/\/\d+/g, '/#')}`)
    const [user, id = ''] = path.match(/\d+/g) ?? []
    if (!handler || user !== owner.user) return 404
    const body = method === 'POST' ? await readJson(request) : {}
    return handler({ owner, id, path, query, body, fileUrl: issueFileUrls(baseUrl, { owner: user }) })
  }

  createServer((request, response) => {
    handle(request).then(
      answer => send(response, answer, request.method === 'POST' ? 201 : 200),
      (error: unknown) => {
        console.error(error)
        response.writeHead(500).end()
      },
    )
  }).listen(Number(process.env.PORT), '127.0.0.1')
}

/** Reads the session token, which begins with the id of its user. */
function ownerOf(cookie = ''): Owner | undefined {
  const [, token] = /neptun-session=([\w-]{43})/.exec(cookie) ?? []
  if (!token) return undefined
  const user = String(Buffer.from(token, 'base64url').readBigUInt64BE())
  return { user, token: hash('sha256', token, 'buffer') }
}

function readJson(request: IncomingMessage): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    let text = ''
    request.setEncoding('utf8')
      .on('data', (chunk: string) => text += chunk)
      .on('end', () => resolve(JSON.parse(text) as Record<string, string>))
      .on('error', reject)
  })
}

function send(response: ServerResponse, answer: Answer, status: number): void {
  if (typeof answer === 'number') {
    response.writeHead(answer).end()
    return
  }
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    ...answer.headers,
  }).end(body)
}
