import { createChat, createChatWithoutProject, createProject, signedInUser } from '../../support/factories.ts'
import type { RequestOptions } from '../../support/http.ts'

/** Signs up a user with two projects and three chats: one in each project and one outside. */
export async function userWithChats() {
  const person = await signedInUser()
  const projects = { here: await createProject(person), there: await createProject(person) }
  const chats = {
    here: await createChat(person, { name: 'here' }, projects.here),
    there: await createChat(person, { name: 'there' }, projects.there),
    nowhere: await createChatWithoutProject(person, { name: 'nowhere' }),
  }
  return { person, projects, chats }
}

export const validChat = { model: 'google/gemma-2-27b-it', name: 'Project Discussion' }

/** Signs up a user with an empty project. */
export async function userWithProject() {
  const person = await signedInUser()
  const project = await createProject(person)
  const path = `/api/users/${person.id}/projects/${project.id}/chats` as const
  return {
    person,
    project,
    create: (body: unknown, options?: RequestOptions) => person.post(path, body, options),
    /** Sends a body without serializing it. */
    createRaw: (raw: RequestOptions['raw'], headers: Record<string, string> = { 'content-type': 'application/json' }) =>
      person.post(path, undefined, { raw, headers }),
    list: async () => (await person.get(path)).body.chats,
  }
}
