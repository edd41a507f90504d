import { readFile } from 'node:fs/promises'
import type { Database, Executor } from '#db/client'
import { createChat } from '#db/repositories/chats'
import { appendMessages, type NewMessage } from '#db/repositories/messages'
import { createProject } from '#db/repositories/projects'
import { createShare } from '#db/repositories/shares'
import { createUser, hasUsers } from '#db/repositories/users'
import { describeFile } from '#server/services/describe-file'
import { hashPassword } from '#server/utils/passwords'

/** Known to everybody who reads this: only ever for a database that holds nothing else. */
export const demoAccount = { email: 'demo@example.com', password: 'look-around-neptun' }
const guest = 'guest@example.com'

/** What the protected share of the demo opens with. */
const demoSharePassword = 'open sesame'

/**
 * Adds the demo data: an account, a guest with the same password, two projects, five chats of four models with
 * messages and files, and a share of each kind. All of it or nothing.
 * @param bcryptCost as the server has it, so that signing in to the demo takes as long as anywhere
 * @throws Error if the database holds users already
 */
export async function seed(db: Database, bcryptCost: number): Promise<void> {
  const passwordHash = await hashPassword(demoAccount.password, bcryptCost)
  const shareHash = await hashPassword(demoSharePassword, bcryptCost)
  await db.transaction(async (tx) => {
    if (await hasUsers(tx)) throw new Error('The database holds users already: the demo data are only for an empty one.')
    const { id: ownerId } = await createUser(tx, { email: demoAccount.email, passwordHash })
    await createUser(tx, { email: guest, passwordHash })
    const chat = chatMaker(tx, ownerId)

    const gateway = await createProject(tx, ownerId, {
      name: 'API gateway', description: 'In front of everything else', project_type: 'backend', programming_language: 'python',
    })
    const limits = await chat(gateway.id, 'anthropic/claude-sonnet-4.5', 'Limit the rate of calls', [
      says('system', 'You review code. Be brief.'),
      says('user', 'How do I let bursts through, but not more than ten calls a second?'),
      says('assistant', 'With a token bucket: it fills at a steady rate and is as deep as your burst.', 'rate_limit.py'),
    ])
    await createShare(tx, limits, { is_shared: true, password_hash: null, expires_at: null })
    const slow = await chat(gateway.id, 'google/gemma-2-27b-it', 'Which statements are slow?', [
      says('user', 'The database is busy, and I do not know with what.'),
      says('assistant', 'Ask it. This needs the extension pg_stat_statements.', 'slowest.sql'),
    ])
    await createShare(tx, slow, { is_shared: true, password_hash: shareHash, expires_at: null })
    await chat(gateway.id, 'mistralai/mistral-large', 'Names for the service', [says('user', 'It routes requests. Any ideas?')])

    const ui = await createProject(tx, ownerId, {
      name: 'Web UI', description: null, project_type: 'frontend', programming_language: 'typescript',
    })
    const search = await chat(ui.id, 'qwen/qwen-2.5-coder-32b', 'Search as you type', [
      says('user', 'Every key press asks the server. Here is what we agreed on.', 'release-notes.pdf'),
      says('assistant', 'Wait until the typing pauses:', 'debounce.ts'),
      says('user', 'That works, thank you!'),
    ])
    await createShare(tx, search, { is_shared: true, password_hash: null, expires_at: null, emails: [guest] })
    await chat(ui.id, 'anthropic/claude-sonnet-4.5', 'Dark mode', [])
  })
}

function chatMaker(db: Executor, ownerId: number) {
  return async (projectId: number, model: string, name: string, said: Promise<NewMessage>[]) => {
    const { id } = await createChat(db, ownerId, { project_id: projectId, model, name })
    if (said.length > 0) await appendMessages(db, { id, ownerId }, await Promise.all(said))
    return { id, ownerId }
  }
}

async function says(role: NewMessage['role'], content: string, ...fileNames: string[]): Promise<NewMessage> {
  const files = await Promise.all(fileNames.map(async title =>
    describeFile({ title }, await readFile(new URL(`files/${title}`, import.meta.url)))))
  return { role, content, files }
}
