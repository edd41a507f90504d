import { deleteProject } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.deleteProject, ({ db, params }) => deleteProject(db, params))
