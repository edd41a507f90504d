import { createProject } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentProject } from '#server/presenters/project'

export default defineEndpoint(contract.createProject, async ({ db, params, body }) =>
  ({ project: presentProject(await createProject(db, params, body)) }))
