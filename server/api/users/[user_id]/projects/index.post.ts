import * as contract from '#server/contracts/projects'
import { createProject } from '#db/repositories/projects'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.createProject, async ({ db, user, body }) =>
  ({ project: await createProject(db, user.id, body) }))
