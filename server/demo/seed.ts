import { readFile } from 'node:fs/promises'
import type { Database, Executor } from '#db/client'
import type { ChatKey, UserKey } from '#db/keys'
import { createProjectChat } from '#db/repositories/chats'
import { appendMessages, type NewMessage } from '#db/repositories/append-messages'
import { createProject, type NewProject } from '#db/repositories/projects'
import { createShare } from '#db/repositories/shares'
import { createUser, hasUsers } from '#db/repositories/users'
import { unlimited } from '#db/repositories/usage'
import { hashPassword } from '#server/auth/passwords'
import { describeFile } from '#server/files/describe-file'
import { demoAccount } from './account.ts'
import { demoShareUuid } from './share.ts'

const guest = 'guest@example.com'

/** The password of the protected demo share. */
const demoSharePassword = 'open sesame'

const unprotectedShare = { is_shared: true, password_hash: null, expires_at: null }

/**
 * Adds the demo data, atomically: an account, a guest with the same password, two projects, five chats of four models
 * with messages and files, and a share of each kind.
 * @param bcryptCost the cost that the server is configured with
 * @throws Error if the database contains users
 */
export async function seed(db: Database, bcryptCost: number): Promise<void> {
  const passwordHash = await hashPassword(demoAccount.password, undefined, bcryptCost)
  const shareHash = await hashPassword(demoSharePassword, undefined, bcryptCost)
  await db.transaction(async (tx) => {
    if (await hasUsers(tx)) throw new Error('The database contains users. Demo data requires an empty database.')
    const { id: user_id } = await createUser(tx, { email: demoAccount.email, passwordHash })
    await createUser(tx, { email: guest, passwordHash })

    const addGatewayChat = await addProject(tx, { user_id }, {
      name: 'API gateway',
      description: 'Authenticates, rate-limits and routes all incoming requests',
      project_type: 'backend',
      programming_language: 'python',
    })
    const limits = await addGatewayChat('anthropic/claude-sonnet-4.5', 'Rate limiting with bursts', [
      message('system', 'You are a code reviewer. Keep your answers short.'),
      message('user', 'How do I limit clients to ten requests per second, but allow short bursts?'),
      message(
        'assistant',
        'Use a token bucket. It refills at a steady rate and holds one full burst.',
        'rate_limit.py',
      ),
    ])
    await createShare(tx, limits, { ...unprotectedShare, uuid: demoShareUuid })
    const slow = await addGatewayChat('google/gemma-2-27b-it', 'Finding slow queries', [
      message('user', 'The database is at 90% CPU. How do I find out which queries cause it?'),
      message('assistant', 'Install the pg_stat_statements extension, then run this:', 'slowest.sql'),
    ])
    await createShare(tx, slow, { ...unprotectedShare, password_hash: shareHash })
    await addGatewayChat('mistralai/mistral-large', 'Service name', [
      message('user', 'I need a name for a service that routes requests. Any ideas?'),
    ])

    const addUiChat = await addProject(tx, { user_id }, {
      name: 'Web UI', description: null, project_type: 'frontend', programming_language: 'typescript',
    })
    const search = await addUiChat('qwen/qwen-2.5-coder-32b', 'Search as you type', [
      message('user', 'Search sends a request on every keystroke. I need a fix for this release.', 'release-notes.pdf'),
      message('assistant', 'Debounce the input so that search only runs once typing pauses:', 'debounce.ts'),
      message('user', 'That works, thanks!'),
    ])
    await createShare(tx, search, { ...unprotectedShare, emails: [guest] })
    await addUiChat('anthropic/claude-sonnet-4.5', 'Dark mode', [])
  })
}

/** A build has the files beside its commands. */
const fileUrl = (name: string) => new URL(`${import.meta.preset ? 'demo-files' : 'files'}/${name}`, import.meta.url)

/** Creates a project, and returns a function that adds a chat to it. */
async function addProject(db: Executor, key: UserKey, project: NewProject) {
  const { id: project_id } = await createProject(db, key, project)
  return async (model: string, name: string, messages: Promise<NewMessage>[]): Promise<ChatKey> => {
    const { id: chat_id } = await createProjectChat(db, { ...key, project_id }, { model, name }, unlimited)
    const chat = { ...key, chat_id }
    if (messages.length > 0) await appendMessages(db, chat, await Promise.all(messages), unlimited)
    return chat
  }
}

async function message(role: NewMessage['role'], content: string, ...fileNames: string[]): Promise<NewMessage> {
  const files = fileNames.map(async title =>
    describeFile({ title, content: await readFile(fileUrl(title)) }))
  return { role, content, files: await Promise.all(files) }
}
