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

const resources = { auth, users, projects, chats, messages, files, shares, sharedChats, models, health }

const isContract = (value: unknown): value is Contract => typeof value === 'object' && value !== null && 'route' in value

/** Every endpoint of the API: its route, such as `GET /api/users/{user_id}/chats`, and what it promises. */
export const contracts: Record<string, Contract> = Object.fromEntries(
  Object.values(resources)
    .flatMap(resource => Object.values<unknown>(resource))
    .filter(isContract)
    .map(contract => [contract.route, contract]),
)
