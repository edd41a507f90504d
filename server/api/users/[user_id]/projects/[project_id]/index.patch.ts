import { updateProject } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.updateProject, async ({ db, params, body }) =>
  ({ project: await updateProject(db, params, body) }))
