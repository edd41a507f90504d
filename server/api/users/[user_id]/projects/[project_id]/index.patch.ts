import { updateProject } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentProject } from '#server/presenters/project'

export default defineEndpoint(contract.updateProject, async ({ db, params, body, versions }) =>
  ({ project: presentProject(await updateProject(db, params, body, versions)) }))
