import { createProject, getProject } from '#db/repositories/projects'
import * as contract from '#server/contracts/projects'
import { defineCreation } from '#server/endpoint/define-creation'
import { presentProject } from '#server/presenters/project'

export default defineCreation(contract.createProject, {
  async create({ db, params, body }) {
    const project = await createProject(db, params, body)
    return { ids: [project.id], result: { project: presentProject(project) } }
  },
  read: async ({ db, params, views }, [project_id]) =>
    ({ project: await getProject(db, { ...params, project_id: project_id! }, views.project) }),
})
