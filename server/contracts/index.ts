import * as auth from './auth.ts'
import * as chats from './chats.ts'
import type { Contract } from './contract.ts'
import * as files from './files.ts'
import * as health from './health.ts'
import * as messages from './messages.ts'
import * as models from './models.ts'
import * as projects from './projects.ts'
import * as sharedChats from './shared-chats.ts'
import * as shares from './shares.ts'
import * as users from './users.ts'

/** What belongs together in the reference: the endpoints of a resource, each by its name. */
export interface Resource {
  name: string
  description: string
  endpoints: Record<string, Contract>
}

const isContract = (value: unknown): value is Contract => typeof value === 'object' && value !== null && 'route' in value

const resource = (name: string, description: string, module: object): Resource =>
  ({ name, description, endpoints: Object.fromEntries(Object.entries(module).filter(([, value]) => isContract(value))) })

/** Every resource of the API, in the order in which somebody new meets them. */
export const resources = [
  resource('Sign-in', 'Signing up, in and out.', auth),
  resource('Account', 'The account of the user who is signed in, and where else they are.', users),
  resource('Projects', 'What chats are about. A chat belongs to one project or to none.', projects),
  resource('Chats', 'Conversations with a language model.', chats),
  resource('Messages', 'What was said in a chat, in the order in which it was added.', messages),
  resource('Files', 'What is attached to messages.', files),
  resource('Shares', 'Letting others read a chat: open, behind a password, for a whitelist, or both.', shares),
  resource('Shared chats', 'Reading a chat that was shared, with or without an account.', sharedChats),
  resource('Language models', 'What a chat can be held with.', models),
  resource('Health', 'For whatever runs the server.', health),
]

/** Every endpoint of the API: its route, such as `GET /api/users/{user_id}/chats`, and what it promises. */
export const contracts: Record<string, Contract> = Object.fromEntries(
  resources.flatMap(({ endpoints }) => Object.values(endpoints)).map(contract => [contract.route, contract]),
)
