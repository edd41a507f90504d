import { readFile } from './bare/download.ts'
import * as statements from './bare/json-statements.ts'
import type { Statement } from './bare/statement.ts'
import { newChat, newMessage, type EndpointName } from './endpoints.ts'
import type { BenchUser } from './fixture.ts'

/** The statement of the bare server whose JSON PostgreSQL builds. */
const statementOf: Record<EndpointName, Statement> = {
  'messages': statements.listMessages,
  'shared-chat': statements.openSharedChat,
  'project-chats': statements.listProjectChats,
  'files': statements.listFiles,
  'chats': statements.listChats,
  'chat': statements.getChat,
  'download': readFile,
  'append': statements.appendMessage,
  'start-chat': statements.startChat,
}

/** A script for pgbench with the statement of an endpoint, for a random chat or file of a user. */
export function scriptFor(name: EndpointName, { id, tokenHash, project, share, chats, files }: BenchUser): string {
  const constants: Record<string, string> = {
    user: String(id),
    token: `'\\x${Buffer.from(tokenHash).toString('hex')}'::bytea`,
    project: String(project),
    uuid: quote(share),
    limit: '21',
    role: quote(newMessage.actor),
    content: quote(newMessage.message),
    model: quote(newChat.model),
    name: quote(newChat.name),
  }
  const text = statementOf[name].named
    .replaceAll(/(?<!:):([a-z]+)/g, (variable, key: string) => constants[key] ?? variable)
  return `\\set chat random(${chats[0]}, ${chats.at(-1)})\n\\set file random(${files[0]}, ${files.at(-1)})\n${text};\n`
}

/** A text as a literal of SQL. */
export const quote = (text: string) => `'${text.replaceAll('\'', '\'\'')}'`
