import type { RequestOptions } from '../../support/http.ts'
import { chatOf, looseChatOf, projectOf, signedInUser } from '../../support/world.ts'

/** Signs up a user with two projects and three chats: one in each project and one outside. */
export async function userWithChats() {
  const person = await signedInUser()
  const projects = { here: await projectOf(person), there: await projectOf(person) }
  const chats = {
    here: await chatOf(person, { name: 'here' }, projects.here),
    there: await chatOf(person, { name: 'there' }, projects.there),
    nowhere: await looseChatOf(person, { name: 'nowhere' }),
  }
  return { person, projects, chats }
}

export const validChat = { model: 'google/gemma-2-27b-it', name: 'Project Discussion' }

/** Signs up a user with an empty project. */
export async function userWithProject() {
  const person = await signedInUser()
  const project: { id: number } = await projectOf(person)
  const path = `/api/users/${person.id}/projects/${project.id}/chats`
  return {
    person,
    project,
    create: (body: unknown, options?: RequestOptions) => person.post(path, body, options),
    /** Sends a body without serializing it. */
    createRaw: (raw: RequestOptions['raw'], headers: Record<string, string> = { 'content-type': 'application/json' }) =>
      person.post(path, undefined, { raw, headers }),
    list: async (): Promise<unknown[]> => (await person.get(path)).body.chats,
  }
}
