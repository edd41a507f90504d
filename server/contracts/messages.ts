import { z } from 'zod'
import { messageRole } from '#db/schema/messages'
import { eitherOf, oneOrMany, shaped, spelled } from './bodies.ts'
import { defineContract } from './contract.ts'
import { Id, listOf, text, Time } from './fields.ts'
import { ChatFile, mostFiles, NewFile } from './files.ts'
import { defineList, NextCursor } from './lists.ts'

const Role = z.enum(messageRole.enumValues)
const Content = text(1, 1_000_000)

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

const files = listOf(NewFile, 0, mostFiles).default([])

const NewMessage = shaped(
  z.object({ message: Content.optional(), content: Content.optional(), actor: Role.optional(), role: Role.optional(), files })
    .transform((given, context) => ({
      content: eitherOf<string>(given, ['message', 'content'], context),
      role: eitherOf<z.output<typeof Role>>(given, ['actor', 'role'], context),
      files: given.files,
    })),
  spelled(['message', 'content'], Content).and(spelled(['actor', 'role'], Role)).and(z.object({ files })).meta({ id: 'NewMessage' }),
)

export const listMessages = defineContract('GET /api/users/{user_id}/chats/{chat_id}/messages', {
  summary: 'List the messages of a chat with their files, in the order in which they were added',
  description: '`order_by=id:desc` gives the latest first.',
  list: defineList([{ column: 'id', direction: 'asc' }], ['id']),
  response: z.object({ chatMessages: z.array(ChatMessage), next_cursor: NextCursor }),
  errors: { 404: ['Chat not found'] },
})

export const appendMessages = defineContract('POST /api/users/{user_id}/chats/{chat_id}/messages', {
  summary: 'Add one message to a chat, or several in the given order, each with its files',
  description: 'Several come one after another with nothing of others in between, or not at all. The answer has the shape of the request: `chatMessage` for one, `chatMessages` for a list.',
  body: oneOrMany(NewMessage, 'messages', 1000).refine(
    ({ items }) => items.reduce((sum, message) => sum + message.files.length, 0) <= mostFiles,
    { path: ['messages'], message: `Must have at most ${mostFiles} files in all` },
  ),
  response: z.union([z.object({ chatMessages: z.array(ChatMessage) }), z.object({ chatMessage: ChatMessage })]),
  errors: { 404: ['Chat not found'] },
})

export const getMessage = defineContract('GET /api/users/{user_id}/chats/{chat_id}/messages/{message_id}', {
  summary: 'Read a message with its files',
  response: z.object({ chatMessage: ChatMessage }),
  errors: { 404: ['Chat not found', 'Message not found'] },
})

export const changeMessage = defineContract('PATCH /api/users/{user_id}/chats/{chat_id}/messages/{message_id}', {
  summary: 'Edit a message',
  body: shaped(
    z.object({ message: Content.optional(), content: Content.optional() })
      .transform((given, context) => ({ content: eitherOf<string>(given, ['message', 'content'], context) })),
    spelled(['message', 'content'], Content),
  ),
  response: z.object({ chatMessage: ChatMessage }),
  errors: { 404: ['Chat not found', 'Message not found'] },
})

export const deleteMessage = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}/messages/{message_id}', {
  summary: 'Delete a message with its files',
  response: z.literal(true),
  errors: { 404: ['Chat not found', 'Message not found'] },
})

export const deleteLastMessages = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}/messages/last', {
  summary: 'Take back the last exchange, or the messages of the user that nothing answers yet',
  description: 'Messages of the user at the end go together, and their ids are in `deletedSuccessfully`. Otherwise the last message goes, and with it the one before if that is of the user: they are in `maybeAssistantMessageToDelete` and `maybeUserMessageToDelete`, the missing half null.',
  response: z.union([
    z.object({ deletedSuccessfully: z.array(Id), failedToDelete: z.array(Id) }),
    z.object({ maybeAssistantMessageToDelete: ChatMessage.nullable(), maybeUserMessageToDelete: ChatMessage.nullable() }),
  ]),
  errors: { 400: ['The chat has no messages.'], 404: ['Chat not found'] },
})
