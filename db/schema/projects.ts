import { sql } from 'drizzle-orm'
import { check, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, reference, timestamps } from './columns.ts'
import { users } from './users.ts'

export const projects = pgTable('projects', {
  id: id(),
  neptun_user_id: reference().notNull().references(() => users.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  description: text(),
  project_type: text().notNull(),
  programming_language: text().notNull(),
  ...timestamps(),
}, t => [
  // List the projects of a user, newest first; what a chat refers to, so that both have the same owner.
  unique('projects_of_user').on(t.neptun_user_id, t.id),
  check('projects_name_length', sql`char_length(${t.name}) between 1 and 255`),
  check('projects_description_length', sql`char_length(${t.description}) <= 10000`),
  check('projects_project_type_length', sql`char_length(${t.project_type}) between 1 and 255`),
  check('projects_programming_language_length', sql`char_length(${t.programming_language}) between 1 and 255`),
])
