import { z } from 'zod'
import { useConfig } from '#server/config'
import { oneOrMany } from './bodies.ts'
import { defineContract } from './contract.ts'
import { fileNameOf } from './file-name.ts'
import { hasLength, Id, isStorable, Name, text, Time } from './fields.ts'
import { NextCursor, oldestFirst } from './lists.ts'

/** What every view of a file has. */
export const fileFields = {
  title: z.string(),
  language: z.string(),
  extension: z.string(),
  name: z.string(),
  size: z.int().nonnegative().meta({ description: 'Bytes' }),
  type: z.string().meta({ description: 'Media type' }),
  url: z.url().meta({ description: 'Opens the content without a session, for a limited time' }),
  created_at: Time,
  updated_at: Time,
}

const ListedFile = z.object({
  id: Id,
  neptun_user_id: Id,
  chat_conversation_id: Id,
  chat_conversation_message_id: Id,
  ...fileFields,
}).meta({ id: 'ListedFile' })

/** The text of a file, as clients see it. */
export const FileText = z.string().meta({ description: 'The text of a text file of up to 256 KiB; empty for any other, which is read at `url`' })

export const ChatFile = ListedFile.extend({ text: FileText }).meta({ id: 'File' })

/** In one request. */
export const mostFiles = 100

/** A text file inside of a JSON body. */
export const NewFile = z.object({
  title: Name,
  text: z.string()
    .refine(isStorable, 'Contains a NUL or half a surrogate pair')
    .refine(value => Buffer.byteLength(value) <= useConfig().maxFileBytes, 'Is larger than a file may be'),
  language: Name.optional(),
  extension: text(0, 255, { trim: true }).optional(),
}).refine(file => hasLength(fileNameOf(file), 1, 255), { path: ['title'], message: 'Must have at most 255 characters, the extension included' })
  .meta({ id: 'NewFile' })

export const listChatFiles = defineContract('GET /api/users/{user_id}/chats/{chat_id}/files', {
  summary: 'List the files of a chat, oldest first',
  description: 'Without their texts. A `url` is good for a limited time: 15 minutes, unless configured otherwise.',
  list: oldestFirst,
  response: z.object({ chatFiles: z.array(ListedFile), next_cursor: NextCursor }),
  errors: { 404: ['Chat not found'] },
})

export const addFiles = defineContract('POST /api/users/{user_id}/chats/{chat_id}/files/{message_id}', {
  summary: 'Add files to a message: text files in JSON, or any files in a form',
  description: 'All of them or none. The answer has the shape of the request: `chatFile` for one, `chatFiles` for a list and for a form.',
  body: oneOrMany(NewFile, 'files', mostFiles),
  form: true,
  response: z.union([z.object({ chatFiles: z.array(ChatFile) }), z.object({ chatFile: ChatFile })]),
  errors: { 404: ['Chat not found', 'Message not found'] },
})

export const getFile = defineContract('GET /api/users/{user_id}/chats/{chat_id}/messages/{message_id}/files/{file_id}', {
  summary: 'Read what is known of a file',
  response: z.object({ chatFile: ChatFile }),
  errors: { 404: ['Chat not found', 'Message not found', 'File not found'] },
})

export const deleteFile = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}/messages/{message_id}/files/{file_id}', {
  summary: 'Delete a file',
  response: z.literal(true),
  errors: { 404: ['Chat not found', 'Message not found', 'File not found'] },
})

export const listUserFiles = defineContract('GET /api/users/{user_id}/files', {
  summary: 'List all files of a user, oldest first',
  list: oldestFirst,
  response: z.object({ files: z.array(ListedFile), next_cursor: NextCursor }),
})

export const downloadFile = defineContract('GET /api/files/{file_id}', {
  summary: 'Read the content of a file by a signed link, as the url of a file gives it',
  description: 'Takes no session: who has the link may read, as long as it lasts. A link that a share gave out ends with any change of what guards the share.',
  session: 'ignored',
  query: z.object({ expires: z.string().optional(), signature: z.string().optional(), grant: z.string().optional() }),
  errors: { 403: ['This link is not valid, or not any more.'], 404: ['File not found'] },
})
