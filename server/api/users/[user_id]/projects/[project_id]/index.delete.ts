import * as contract from '#server/contracts/projects'
import { deleteProject } from '#db/repositories/projects'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.deleteProject, ({ db, user, params }) =>
  deleteProject(db, { id: params.project_id, ownerId: user.id }))
