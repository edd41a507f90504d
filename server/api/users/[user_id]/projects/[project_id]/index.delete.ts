import { deleteProject } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { continueDeletions } from '#server/runtime/deletions'

export default defineEndpoint(contract.deleteProject, ({ db, params, versions }) =>
  deleteProject(db, params, versions).finally(continueDeletions))
