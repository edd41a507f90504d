import * as contract from '#server/contracts/projects'
import { listProjects } from '#db/repositories/projects'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.listProjects, async ({ db, user, query, page }) =>
  page.answer('projects', await listProjects(db, user.id, query, page.request)))
