import type { Answer } from '../support/http.ts'
import type { Operation } from './operations.ts'

/** What a valid request may be told beside its success, because the state of things explains it. */
const explained: Record<string, number[]> = {
  // The address is taken.
  signUp: [409],
  changeUser: [409],
  // It has a share by now.
  createShare: [409],
  // It was moved out of the project, or the whitelist was lifted, or the share switched off, or it has expired.
  deleteProjectChat: [404],
  deleteProjectChats: [404],
  deleteWhitelistEntry: [404],
  openSharedChat: [404],
  unlockSharedChat: [404],
  // It is shorter.
  downloadFile: [416],
}

/** Whether somebody who asks for what is theirs, as the document says, may be answered so. */
export const isExplained = ({ name }: Operation, { status }: Answer) => status < 400 || (explained[name] ?? []).includes(status)

/** Which row an answer tells of. */
export interface Seen {
  table: string
  id: number
}

const tablesOfThings: Record<string, string> = {
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

const tablesOfFields: Record<string, string> = {
  neptun_user_id: 'users',
  chat_conversation_id: 'chats',
  chat_conversation_message_id: 'messages',
  chat_conversation_share_id: 'shares',
  deletedSuccessfully: 'messages',
}

/** Every row that the body of an answer names, by the names of its fields. */
export function rowsIn(body: unknown, name = ''): Seen[] {
  if (Array.isArray(body)) return body.flatMap(item => rowsIn(item, name))
  if (typeof body === 'number') return tablesOfFields[name] ? [{ table: tablesOfFields[name], id: body }] : []
  if (typeof body !== 'object' || body === null) return []
  const own = 'id' in body && tablesOfThings[name] ? [{ table: tablesOfThings[name], id: body.id as number }] : []
  return [...own, ...Object.entries(body).flatMap(([name, value]) => rowsIn(value, name))]
}
