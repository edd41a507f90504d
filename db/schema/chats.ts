import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { maxLength } from '../rules.ts'
import { codePointText, id, isDeleted, reference, timestamps, version } from './columns.ts'
import { projects } from './projects.ts'
import { users } from './users.ts'

export const chats = pgTable('chats', {
  id: id(),
  neptun_user_id: reference().notNull(),
  // Null for a chat outside any project.
  project_id: reference(),
  model: codePointText().notNull(),
  name: codePointText().notNull(),
  // How many messages it has, which would otherwise have to be counted for each that is added.
  message_count: bigint({ mode: 'number' }).notNull().default(0),
  ...timestamps(),
  version: version(),
  is_deleted: isDeleted(),
}, t => [
  // Lists the chats of a user by id.
  primaryKey({ name: 'chats_pkey', columns: [t.neptun_user_id, t.id] }),
  foreignKey({
    name: 'chats_of_existing_user',
    columns: [t.neptun_user_id],
    foreignColumns: [users.id],
  }).onDelete('cascade'),
  // A chat and its project have the same owner. Deleting a project deletes its chats.
  foreignKey({
    name: 'chats_project_of_same_user',
    columns: [t.neptun_user_id, t.project_id],
    foreignColumns: [projects.neptun_user_id, projects.id],
  }).onDelete('cascade'),
  // Lists the chats outside any project, which may be a small fraction of a user's chats.
  index('chats_outside_projects').on(t.neptun_user_id, t.updated_at, t.id).where(sql`${t.project_id} is null`),
  // List the chats of a user by each column that order_by accepts.
  index('chats_of_user_by_updated_at').on(t.neptun_user_id, t.updated_at, t.id),
  index('chats_of_user_by_created_at').on(t.neptun_user_id, t.created_at, t.id),
  index('chats_of_user_by_name').on(t.neptun_user_id, t.name, t.id),
  index('chats_of_user_by_model').on(t.neptun_user_id, t.model, t.id),
  // List the chats of a project by id and by each column that order_by accepts.
  index('chats_of_project').on(t.neptun_user_id, t.project_id, t.id),
  index('chats_of_project_by_updated_at').on(t.neptun_user_id, t.project_id, t.updated_at, t.id),
  index('chats_of_project_by_created_at').on(t.neptun_user_id, t.project_id, t.created_at, t.id),
  index('chats_of_project_by_name').on(t.neptun_user_id, t.project_id, t.name, t.id),
  index('chats_of_project_by_model').on(t.neptun_user_id, t.project_id, t.model, t.id),
  // Finds the chats whose deletion is not complete, which are few.
  index('chats_deleted').on(t.neptun_user_id, t.id).where(sql`${t.is_deleted}`),
  check('chats_name_length', sql`char_length(${t.name}) between 1 and ${sql.raw(`${maxLength.name}`)}`),
  check('chats_model_length', sql`char_length(${t.model}) between 3 and ${sql.raw(`${maxLength.model}`)}`),
])
