import { getProject } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.getProject, async ({ db, params, views }) =>
  ({ project: await getProject(db, params, views.project) }))
