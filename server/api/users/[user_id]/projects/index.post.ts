import { createProject } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.createProject, async ({ db, params, body }) =>
  ({ project: await createProject(db, params, body) }))
