import { join } from 'node:path'
import type { BenchRequest, EndpointName } from './endpoints.ts'
import type { BenchUser } from './fixture.ts'
import { installPackage } from './packages.ts'
import { startServer, type RunningServer } from './process.ts'
import { sendRequest } from './send-request.ts'

/**
 * Starts PostGraphile 4, which serves the tables through GraphQL. It checks neither sessions nor owners, and signs no
 * links.
 * @returns undefined if it cannot be installed
 */
export async function startPeer(databaseUrl: string): Promise<RunningServer | undefined> {
  const folder = installPackage('postgraphile', '4')
  if (!folder) return undefined
  return startServer([
    join(folder, 'cli.js'), '--connection', databaseUrl, '--schema', 'public', '--host', '127.0.0.1', '--port', 'PORT',
    '--max-pool-size', '10', '--disable-graphiql', '--disable-query-log', '--no-ignore-rbac',
  ])
}

const file = `id neptunUserId chatConversationId chatConversationMessageId title language extension name size type
  createdAt updatedAt`
const chat = 'id neptunUserId model name createdAt updatedAt'

const queries: Partial<Record<EndpointName, { query: string, variablesOf: (user: BenchUser) => object[] }>> = {
  'messages': {
    query: `query ($user: BigInt!, $chat: BigInt!) {
      chatByNeptunUserIdAndId(neptunUserId: $user, id: $chat) {
        messagesByNeptunUserIdAndChatConversationId(orderBy: ID_ASC) {
          nodes {
            id neptunUserId chatConversationId role content createdAt updatedAt
            filesByNeptunUserIdAndChatConversationIdAndChatConversationMessageId(orderBy: ID_ASC) {
              nodes { ${file} fileContentByNeptunUserIdAndFileId { content } }
            }
          }
        }
      }
    }`,
    variablesOf: ({ id, chats }) => chats.map(chat => ({ user: id, chat })),
  },
  'project-chats': {
    query: `query ($user: BigInt!, $project: BigInt!) {
      projectByNeptunUserIdAndId(neptunUserId: $user, id: $project) {
        chatsByNeptunUserIdAndProjectId(orderBy: [UPDATED_AT_DESC, ID_DESC]) { nodes { ${chat} } }
      }
    }`,
    variablesOf: ({ id, project }) => [{ user: id, project }],
  },
  'files': {
    query: `query ($user: BigInt!, $chat: BigInt!) {
      allFiles(condition: { neptunUserId: $user, chatConversationId: $chat }, orderBy: ID_ASC) { nodes { ${file} } }
    }`,
    variablesOf: ({ id, chats }) => chats.map(chat => ({ user: id, chat })),
  },
}

/**
 * Checks that the peer answers its queries, because an error has the status of a success.
 * @throws Error with its answer
 */
export async function verifyPeer(url: string, user: BenchUser): Promise<void> {
  for (const name of Object.keys(queries)) {
    const text = await (await sendRequest(url, peerRequestsOf(name as EndpointName, user)![0]!)).text()
    if (!text.includes('"nodes":[{') || text.includes('"errors":')) throw new Error(`PostGraphile answers: ${text}`)
  }
}

/** The requests of a user that get the same fields from the peer; undefined for an endpoint that is not compared. */
export function peerRequestsOf(name: EndpointName, user: BenchUser): BenchRequest[] | undefined {
  const query = queries[name]
  return query?.variablesOf(user).map(variables => ({
    method: 'POST',
    path: '/graphql',
    body: JSON.stringify({ query: query.query.replaceAll(/\s+/g, ' '), variables }),
  }))
}
