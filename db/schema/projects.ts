import { sql, type SQLWrapper } from 'drizzle-orm'
import { check, foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { maxLength } from '../rules.ts'
import { id, reference, timestamps, version } from './columns.ts'
import { users } from './users.ts'

const isName = (column: SQLWrapper) => sql`char_length(${column}) between 1 and ${sql.raw(`${maxLength.name}`)}`

export const projects = pgTable('projects', {
  id: id(),
  neptun_user_id: reference().notNull(),
  name: text().notNull(),
  description: text(),
  project_type: text().notNull(),
  programming_language: text().notNull(),
  ...timestamps(),
  version: version(),
}, t => [
  // Lists the projects of a user, newest first.
  primaryKey({ name: 'projects_pkey', columns: [t.neptun_user_id, t.id] }),
  foreignKey({
    name: 'projects_of_existing_user',
    columns: [t.neptun_user_id],
    foreignColumns: [users.id],
  }).onDelete('cascade'),
  check('projects_name_length', isName(t.name)),
  check('projects_description_length', sql`char_length(${t.description}) <= ${sql.raw(`${maxLength.description}`)}`),
  check('projects_project_type_length', isName(t.project_type)),
  check('projects_programming_language_length', isName(t.programming_language)),
])
