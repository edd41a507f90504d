import type { ApiResponse } from '../support/http.ts'
import type { Operation } from './operations.ts'

/** The errors that a valid request may receive because of the current state. */
const expectedErrors: Record<string, number[]> = {
  // The email address is taken.
  signUp: [409],
  updateUser: [409],
  // The chat already has a share.
  createShare: [409],
  // The chat was moved out of the project, the whitelist was removed, or the share was disabled or has expired.
  deleteProjectChat: [404],
  deleteProjectChats: [404],
  deleteWhitelistEntry: [404],
  openSharedChat: [404],
  unlockSharedChat: [404],
  // The file is shorter than the range.
  downloadFile: [416],
}

/** Whether this is a success or an expected error of a valid request. */
export const isExpected = ({ name }: Operation, { status }: ApiResponse) =>
  status < 400 || (expectedErrors[name] ?? []).includes(status)

/** A row that a response refers to. */
export interface RowRef {
  table: string
  id: number
}

const tablesByResource: Record<string, string> = {
  user: 'users',
  sessions: 'sessions',
  project: 'projects',
  projects: 'projects',
  chat: 'chats',
  chats: 'chats',
  chatMessage: 'messages',
  chatMessages: 'messages',
  maybeAssistantMessageToDelete: 'messages',
  maybeUserMessageToDelete: 'messages',
  chatFile: 'files',
  chatFiles: 'files',
  files: 'files',
  share: 'shares',
  shareWhitelistEntries: 'whitelist_entries',
}

const tablesByIdField: Record<string, string> = {
  neptun_user_id: 'users',
  chat_conversation_id: 'chats',
  chat_conversation_message_id: 'messages',
  chat_conversation_share_id: 'shares',
  deletedSuccessfully: 'messages',
}

/** Finds all rows that a response body refers to, by the names of its fields. */
export function rowsIn(body: unknown, name = ''): RowRef[] {
  if (Array.isArray(body)) return body.flatMap(item => rowsIn(item, name))
  if (typeof body === 'number') return tablesByIdField[name] ? [{ table: tablesByIdField[name], id: body }] : []
  if (typeof body !== 'object' || body === null) return []
  const table = tablesByResource[name]
  const own = 'id' in body && table ? [{ table, id: body.id as number }] : []
  return [...own, ...Object.entries(body).flatMap(([name, value]) => rowsIn(value, name))]
}
