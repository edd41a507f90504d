import * as auth from './auth.ts'
import * as chats from './chats.ts'
import * as files from './files.ts'
import * as health from './health.ts'
import type { Contract } from './kit/contract.ts'
import * as messages from './messages.ts'
import * as models from './models.ts'
import * as projects from './projects.ts'
import * as sharedChats from './shared-chats.ts'
import * as shares from './shares.ts'
import * as users from './users.ts'

/** A group of endpoints in the API reference. */
export interface Group {
  name: string
  description: string
  /** The contracts by their names, which are the operation ids. */
  endpoints: Record<string, Contract>
}

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'route' in value

function group(name: string, description: string, module: object): Group {
  const endpoints = Object.entries(module).filter(([, value]) => isContract(value))
  return { name, description, endpoints: Object.fromEntries(endpoints) }
}

/** All endpoints, in the order in which a first session needs them. */
export const groups = [
  group('Sign-in', 'Sign up, log in and log out.', auth),
  group('Projects', 'Projects group chats. A chat belongs to one project or to none.', projects),
  group('Chats', 'Conversations with a language model.', chats),
  group('Messages', 'The messages of a chat, in insertion order.', messages),
  group('Files', 'Files attached to messages.', files),
  group('Shares', 'Share a chat by a link: open, with a password, with a whitelist, or with both.', shares),
  group('Shared chats', 'Read a shared chat, with or without an account.', sharedChats),
  group('Account', 'The account of the authenticated user and its sessions.', users),
  group('Language models', 'The models that chats may use.', models),
  group('Health', 'Probes for load balancers and container platforms.', health),
]

/** All contracts by their routes, such as `GET /api/users/{user_id}/chats`. */
export const contracts: Record<string, Contract> = Object.fromEntries(
  groups.flatMap(({ endpoints }) => Object.values(endpoints)).map(contract => [contract.route, contract]),
)
