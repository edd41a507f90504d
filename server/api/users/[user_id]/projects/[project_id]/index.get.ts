import * as contract from '#server/contracts/projects'
import { getProject } from '#db/repositories/projects'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.getProject, async ({ db, user, params }) =>
  ({ project: await getProject(db, { id: params.project_id, ownerId: user.id }) }))
