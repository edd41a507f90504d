import { listProjects } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.listProjects, ({ db, params, page, query }) =>
  listProjects(db, params, page, query))
