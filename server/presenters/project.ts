import type { Project } from '#db/repositories/projects'

/** Presents a project that has been created or changed, with the aliases of its type and language. */
export function presentProject(project: Project) {
  return { ...project, type: project.project_type, main_language: project.programming_language }
}
