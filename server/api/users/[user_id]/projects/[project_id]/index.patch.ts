import * as contract from '#server/contracts/projects'
import { changeProject } from '#db/repositories/projects'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.changeProject, async ({ db, user, params, body }) =>
  ({ project: await changeProject(db, { id: params.project_id, ownerId: user.id }, body) }))
