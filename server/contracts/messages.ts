import { z } from 'zod'
import { maxLength, messageRoles } from '#db/rules'
import { aliasedObject } from './kit/aliases.ts'
import { oneOrMany, type OneOrMany } from './kit/bodies.ts'
import { defineContract } from './kit/contract.ts'
import { Id, listOf, text, Time } from './kit/fields.ts'
import type { TextFile } from './kit/file-name.ts'
import type { Issue } from './kit/issues.ts'
import { maxFilesPerRequest, maxMessagesPerRequest, type ConfiguredLimits } from './kit/limits.ts'
import { defineList, oldestFirst } from './kit/lists.ts'
import { ChatFile, checkFileSizes, NewFile } from './files.ts'

const Role = z.enum(messageRoles)
const Content = text(1, maxLength.message)

const ChatMessage = z.object({
  id: Id,
  chat_conversation_id: Id,
  neptun_user_id: Id,
  role: Role,
  actor: Role,
  content: z.string(),
  message: z.string(),
  created_at: Time,
  updated_at: Time,
  files: z.array(ChatFile),
}).meta({ id: 'Message' })

const NewMessage = aliasedObject(
  { message: Content, actor: Role, files: listOf(NewFile, 0, maxFilesPerRequest).default([]) },
  { message: { content: Content }, actor: { role: Role } },
  { id: 'NewMessage' },
)

function checkNewMessages({ items, many }: OneOrMany<{ files: TextFile[] }>, limits: ConfiguredLimits): Issue[] {
  return items.flatMap(({ files }, i) => checkFileSizes(files, [...many ? ['messages', i] : [], 'files'], limits))
}

export const listMessages = defineContract('GET /api/users/{user_id}/chats/{chat_id}/messages', {
  summary: 'List the messages of a chat',
  description: 'With their files, in insertion order. `order_by=id:desc` returns the latest first.',
  list: defineList('chatMessages', ChatMessage, { ...oldestFirst, sortableBy: ['id'] }),
})

export const appendMessages = defineContract('POST /api/users/{user_id}/chats/{chat_id}/messages', {
  summary: 'Append messages to a chat',
  description: 'Takes one message or a list, each with its files. Atomic: a list is stored in the given order, '
    + 'with no other message in between. '
    + 'The response has the form of the request: `chatMessage` for a single message, `chatMessages` for a list.',
  body: oneOrMany(NewMessage, 'messages', maxMessagesPerRequest, { key: 'files', max: maxFilesPerRequest }),
  checkLimits: checkNewMessages,
  quotas: ['bytes', 'messagesPerChat'],
  response: z.union([z.object({ chatMessages: z.array(ChatMessage) }), z.object({ chatMessage: ChatMessage })]),
})

export const getMessage = defineContract('GET /api/users/{user_id}/chats/{chat_id}/messages/{message_id}', {
  summary: 'Get a message with its files',
  response: z.object({ chatMessage: ChatMessage }),
})

export const updateMessage = defineContract('PATCH /api/users/{user_id}/chats/{chat_id}/messages/{message_id}', {
  summary: 'Edit a message',
  body: aliasedObject({ message: Content }, { message: { content: Content } }),
  quotas: ['bytes'],
  response: z.object({ chatMessage: ChatMessage }),
})

export const deleteMessage = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}/messages/{message_id}', {
  summary: 'Delete a message and its files',
  response: z.literal(true),
})

export const deleteLastMessages = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}/messages/last', {
  summary: 'Delete the last exchange of a chat',
  description: 'If the chat ends with user messages, deletes all of them and returns their ids in '
    + '`deletedSuccessfully`. Otherwise deletes the last message, and the one before it if that is a user message, '
    + 'and returns them in `maybeAssistantMessageToDelete` and `maybeUserMessageToDelete`; either is null if absent.',
  response: z.union([
    z.object({ deletedSuccessfully: z.array(Id), failedToDelete: z.array(Id) }),
    z.object({
      maybeAssistantMessageToDelete: ChatMessage.nullable(),
      maybeUserMessageToDelete: ChatMessage.nullable(),
    }),
  ]),
  errors: { 400: [{ name: 'EmptyChat', message: 'The chat has no messages.' }] },
})
