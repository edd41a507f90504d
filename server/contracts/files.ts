import { z } from 'zod'
import { maxInlineTextBytes, maxLength } from '#db/rules'
import { oneOrMany, type OneOrMany } from './kit/bodies.ts'
import { defineContract } from './kit/contract.ts'
import { hasLength, Id, isStorable, Name, text, Time } from './kit/fields.ts'
import { fileNameOf, type TextFile } from './kit/file-name.ts'
import { issue, type Issue } from './kit/issues.ts'
import { defaultFileUrlLifetime, maxFilesPerRequest, type ConfiguredLimits } from './kit/limits.ts'
import { defineList, oldestFirst } from './kit/lists.ts'

/** The fields that every representation of a file has. */
export const fileFields = {
  title: z.string(),
  language: z.string(),
  extension: z.string().meta({ description: 'Without the dot; as given or from the title, reduced to a safe one' }),
  name: z.string().meta({
    description: 'The title with the extension, reduced to a safe file name: the last part of a path, without control '
      + 'characters, `..`, or dots and spaces at the end; `untitled` if nothing is left',
  }),
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

export const FileText = z.string().meta({
  description: `The text of a text file of up to ${maxInlineTextBytes / 1024} KiB; empty for any other file, which `
    + 'can be read at `url`',
})

export const ChatFile = ListedFile.extend({ text: FileText }).meta({ id: 'File' })

/** A text file in a JSON body. */
export const NewFile = z.object({
  title: text(0, maxLength.name, { trim: true }).nullish().transform(title => title ?? '')
    .meta({ description: 'Code blocks often have none' }),
  text: z.string().refine(isStorable, 'Must not contain NUL or lone surrogates'),
  language: Name.optional(),
  extension: text(0, maxLength.name, { trim: true }).optional(),
}).refine(file => hasLength(fileNameOf(file), 1, maxLength.name), {
  path: ['title'],
  message: `Must have at most ${maxLength.name} characters, including the extension`,
}).meta({ id: 'NewFile' })

/** Checks the size of the files in a body. */
export function checkFileSizes(files: TextFile[], path: PropertyKey[], { maxFileBytes }: ConfiguredLimits): Issue[] {
  return files.flatMap(({ text }, i) =>
    Buffer.byteLength(text) > maxFileBytes ? [issue([...path, i, 'text'], 'Exceeds the maximum file size')] : [])
}

const checkNewFiles = ({ items, many }: OneOrMany<TextFile>, limits: ConfiguredLimits): Issue[] =>
  checkFileSizes(items, ['files'], limits).map(({ path, message }) => issue(many ? path : ['text'], message))

export const listChatFiles = defineContract('GET /api/users/{user_id}/chats/{chat_id}/files', {
  summary: 'List the files of a chat',
  description: 'Oldest first, without their text. '
    + `By default, a \`url\` is valid for ${defaultFileUrlLifetime / 60} minutes.`,
  list: defineList('chatFiles', ListedFile, oldestFirst),
})

export const addFiles = defineContract('POST /api/users/{user_id}/chats/{chat_id}/files/{message_id}', {
  summary: 'Add files to a message',
  description: 'Takes text files as JSON, or any files as a multipart form. Atomic. '
    + 'The response has the form of the request: `chatFile` for a single file, `chatFiles` for a list or a form.',
  upload: oneOrMany(NewFile, 'files', maxFilesPerRequest),
  checkLimits: checkNewFiles,
  quotas: ['bytes', 'filesPerMessage', 'textPerMessage'],
  response: z.union([z.object({ chatFiles: z.array(ChatFile) }), z.object({ chatFile: ChatFile })]),
})

export const getFile = defineContract(
  'GET /api/users/{user_id}/chats/{chat_id}/messages/{message_id}/files/{file_id}',
  {
    summary: 'Get a file and its text',
    response: z.object({ chatFile: ChatFile }),
  },
)

export const deleteFile = defineContract(
  'DELETE /api/users/{user_id}/chats/{chat_id}/messages/{message_id}/files/{file_id}',
  {
    summary: 'Delete a file',
    response: z.literal(true),
  },
)

export const listUserFiles = defineContract('GET /api/users/{user_id}/files', {
  summary: 'List all files of a user',
  description: 'Oldest first, without their text.',
  list: defineList('files', ListedFile, oldestFirst),
})

export const downloadFile = defineContract('GET /api/files/{file_id}', {
  summary: 'Download a file',
  description: 'Takes a signed link, the `url` of a file, instead of a session. '
    + 'A link issued by a share becomes invalid when the terms of the share change.',
  session: 'ignored',
  query: z.object({
    expires: z.string().optional().meta({ description: 'When the link expires: a Unix time', example: '1795254300' }),
    signature: z.string().optional().meta({
      description: 'The signature of the other parts, behind the id of the owner in a link that the owner got',
      example: '1.Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw',
    }),
    grant: z.string().optional().meta({
      description: 'In a link that a share issued: its `uuid` and the version of its terms',
      example: '0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50.1',
    }),
  }),
  errors: { 403: [{ name: 'InvalidLink', message: 'This link is invalid or has expired.' }] },
})
