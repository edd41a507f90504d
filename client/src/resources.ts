// Generated from the OpenAPI document by npm run generate.

import type { ApiPromise } from './api-promise.ts'
import { Resource } from './core.ts'
import type { List } from './list.ts'
import type { ChangeOptions, CreateOptions, DownloadOptions, ReadOptions, RequestOptions } from './options.ts'
import type { components, operations } from './schema.ts'
import type { Upload } from './uploads.ts'

export type Chat = components['schemas']['Chat']
export type ChatChanges = NonNullable<operations['updateChat']['requestBody']>['content']['application/json']
export type CheckSessionResult = operations['checkSession']['responses'][200]['content']['application/json']
export type DeleteLastMessagesResult = operations['deleteLastMessages']['responses'][200]['content']['application/json']
export type GetChatShareResult = operations['getChatShare']['responses'][200]['content']['application/json']
export type GetUserResult = operations['getUser']['responses'][200]['content']['application/json']
export type Health = components['schemas']['Health']
export type ListChatFilesQuery = NonNullable<operations['listChatFiles']['parameters']['query']>
export type ListChatsQuery = NonNullable<operations['listChats']['parameters']['query']>
export type ListMessagesQuery = NonNullable<operations['listMessages']['parameters']['query']>
export type ListModelsResult = operations['listModels']['responses'][200]['content']['application/json']
export type ListProjectChatsQuery = NonNullable<operations['listProjectChats']['parameters']['query']>
export type ListProjectsQuery = NonNullable<operations['listProjects']['parameters']['query']>
export type ListUserFilesQuery = NonNullable<operations['listUserFiles']['parameters']['query']>
export type ListedFile = components['schemas']['ListedFile']
export type LogInBody = NonNullable<operations['logIn']['requestBody']>['content']['application/json']
export type LogInResult = operations['logIn']['responses'][200]['content']['application/json']
export type Message = components['schemas']['Message']
export type MessageChanges = NonNullable<operations['updateMessage']['requestBody']>['content']['application/json']
export type NeptunFile = components['schemas']['File']
export type NewChat = NonNullable<operations['createChat']['requestBody']>['content']['application/json']
export type NewFile = components['schemas']['NewFile']
export type NewMessage = components['schemas']['NewMessage']
export type NewProject = NonNullable<operations['createProject']['requestBody']>['content']['application/json']
export type NewShare = NonNullable<operations['createShare']['requestBody']>['content']['application/json']
export type OpenSharedChatResult = operations['openSharedChat']['responses'][200]['content']['application/json']
export type Project = components['schemas']['Project']
export type ProjectChanges = NonNullable<operations['updateProject']['requestBody']>['content']['application/json']
export type Session = components['schemas']['Session']
export type Share = components['schemas']['Share']
export type ShareChanges = NonNullable<operations['updateShare']['requestBody']>['content']['application/json']
export type ShareInfo = components['schemas']['ShareInfo']
export type SignUpBody = NonNullable<operations['signUp']['requestBody']>['content']['application/json']
export type SignUpResult = operations['signUp']['responses'][201]['content']['application/json']
export type UnlockSharedChatBody = NonNullable<operations['unlockSharedChat']['requestBody']>['content']['application/json']
export type User = components['schemas']['User']
export type UserChanges = NonNullable<operations['updateUser']['requestBody']>['content']['application/json']
export type WhitelistEntry = components['schemas']['WhitelistEntry']

export class ChatsResource extends Resource {
  /**
   * List the chats of a user.
   *
   * In all projects and outside any. The most recently updated first, unless `order_by` is given.
   */
  list(query?: ListChatsQuery, options?: RequestOptions): List<Chat> {
    return this.core.list({
      route: 'GET /api/users/{user_id}/chats',
      query,
      pick: (body: { chats: Chat[] }) => body.chats,
      maxLimit: 100,
    }, options)
  }

  /**
   * Create a chat outside any project.
   *
   * The model may be any `publisher/name`, unless `GET /models` lists the allowed ones.
   */
  create(body: NewChat, options?: CreateOptions): ApiPromise<Chat> {
    return this.core.call({
      route: 'POST /api/users/{user_id}/chats',
      creates: true,
      body,
      pick: (body: { chat: Chat }) => body.chat,
    }, options)
  }

  /**
   * Delete chats.
   *
   * Atomic: if one of the chats does not exist, none is deleted.
   */
  deleteMany(chatIds: readonly number[], options?: RequestOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/chats',
      body: { chat_ids: chatIds },
    }, options)
  }

  /** Get a chat. */
  get(chatId: number, options: ReadOptions): ApiPromise<Chat | undefined>
  get(chatId: number, options?: RequestOptions): ApiPromise<Chat>
  get(chatId: number, options?: RequestOptions | ReadOptions): ApiPromise<Chat | undefined> {
    return this.core.call({
      route: 'GET /api/users/{user_id}/chats/{chat_id}',
      ids: [chatId],
      pick: (body: { chat: Chat }) => body.chat,
    }, options)
  }

  /**
   * Update a chat.
   *
   * Renames a chat, or moves it to another project; a `project_id` of null takes it out of its project.
   */
  update(chatId: number, body: ChatChanges, options?: ChangeOptions): ApiPromise<Chat> {
    return this.core.call({
      route: 'PATCH /api/users/{user_id}/chats/{chat_id}',
      ids: [chatId],
      body,
      pick: (body: { chat: Chat }) => body.chat,
    }, options)
  }

  /**
   * Delete a chat.
   *
   * Deletes its messages, files and share too.
   */
  delete(chatId: number, options?: ChangeOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/chats/{chat_id}',
      ids: [chatId],
    }, options)
  }

  /**
   * List the chats of a project.
   *
   * The most recently updated first, unless `order_by` is given.
   */
  listForProject(projectId: number, query?: ListProjectChatsQuery, options?: RequestOptions): List<Chat> {
    return this.core.list({
      route: 'GET /api/users/{user_id}/projects/{project_id}/chats',
      ids: [projectId],
      query,
      pick: (body: { chats: Chat[] }) => body.chats,
      maxLimit: 100,
    }, options)
  }

  /**
   * Create a chat in a project.
   *
   * The model may be any `publisher/name`, unless `GET /models` lists the allowed ones.
   */
  createForProject(projectId: number, body: NewChat, options?: CreateOptions): ApiPromise<Chat> {
    return this.core.call({
      route: 'POST /api/users/{user_id}/projects/{project_id}/chats',
      ids: [projectId],
      creates: true,
      body,
      pick: (body: { chat: Chat }) => body.chat,
    }, options)
  }

  /**
   * Delete chats of a project.
   *
   * Atomic: if one of the chats is not in the project, none is deleted.
   */
  deleteManyForProject(projectId: number, chatIds: readonly number[], options?: RequestOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/projects/{project_id}/chats',
      ids: [projectId],
      body: { chat_ids: chatIds },
    }, options)
  }

  /** Delete a chat of a project. */
  deleteForProject(projectId: number, chatId: number, options?: ChangeOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/projects/{project_id}/chats/{chat_id}',
      ids: [projectId, chatId],
    }, options)
  }
}

export class FilesResource extends Resource {
  /**
   * List the files of a chat.
   *
   * Oldest first, without their text. By default, a `url` is valid for 15 minutes.
   */
  listForChat(chatId: number, query?: ListChatFilesQuery, options?: RequestOptions): List<ListedFile> {
    return this.core.list({
      route: 'GET /api/users/{user_id}/chats/{chat_id}/files',
      ids: [chatId],
      query,
      pick: (body: { chatFiles: ListedFile[] }) => body.chatFiles,
      maxLimit: 100,
    }, options)
  }

  /**
   * Add files to a message.
   *
   * Takes text files as JSON, or any files as a multipart form. Atomic. The response has the form of the request:
   * `chatFile` for a single file, `chatFiles` for a list or a form.
   */
  add(chatId: number, messageId: number, file: NewFile, options?: CreateOptions): ApiPromise<NeptunFile>
  add(chatId: number, messageId: number, files: readonly NewFile[], options?: CreateOptions): ApiPromise<NeptunFile[]>
  add(chatId: number, messageId: number, files: NewFile | readonly NewFile[], options?: CreateOptions): ApiPromise<NeptunFile | NeptunFile[]> {
    return this.core.call({
      route: 'POST /api/users/{user_id}/chats/{chat_id}/files/{message_id}',
      ids: [chatId, messageId],
      creates: true,
      body: Array.isArray(files) ? { files } : files,
      pick: (body: { chatFile: NeptunFile, chatFiles: NeptunFile[] }) => Array.isArray(files) ? body.chatFiles : body.chatFile,
    }, options)
  }

  /**
   * Add files to a message.
   *
   * Takes text files as JSON, or any files as a multipart form. Atomic. The response has the form of the request:
   * `chatFile` for a single file, `chatFiles` for a list or a form.
   */
  upload(chatId: number, messageId: number, file: Upload, options?: CreateOptions): ApiPromise<NeptunFile>
  upload(chatId: number, messageId: number, files: readonly Upload[], options?: CreateOptions): ApiPromise<NeptunFile[]>
  upload(chatId: number, messageId: number, files: Upload | readonly Upload[], options?: CreateOptions): ApiPromise<NeptunFile | NeptunFile[]> {
    return this.core.call({
      route: 'POST /api/users/{user_id}/chats/{chat_id}/files/{message_id}',
      ids: [chatId, messageId],
      creates: true,
      files: [files].flat(),
      pick: (body: { chatFiles: NeptunFile[] }) => Array.isArray(files) ? body.chatFiles : body.chatFiles[0]!,
    }, options)
  }

  /** Get a file and its text. */
  get(chatId: number, messageId: number, fileId: number, options?: RequestOptions): ApiPromise<NeptunFile> {
    return this.core.call({
      route: 'GET /api/users/{user_id}/chats/{chat_id}/messages/{message_id}/files/{file_id}',
      ids: [chatId, messageId, fileId],
      pick: (body: { chatFile: NeptunFile }) => body.chatFile,
    }, options)
  }

  /** Delete a file. */
  delete(chatId: number, messageId: number, fileId: number, options?: ChangeOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/chats/{chat_id}/messages/{message_id}/files/{file_id}',
      ids: [chatId, messageId, fileId],
    }, options)
  }

  /**
   * List all files of a user.
   *
   * Oldest first, without their text.
   */
  list(query?: ListUserFilesQuery, options?: RequestOptions): List<ListedFile> {
    return this.core.list({
      route: 'GET /api/users/{user_id}/files',
      query,
      pick: (body: { files: ListedFile[] }) => body.files,
      maxLimit: 100,
    }, options)
  }

  /**
   * Download a file.
   *
   * Takes a signed link, the `url` of a file, instead of a session. A link issued by a share becomes invalid when the
   * terms of the share change.
   */
  download(file: { url: string }, options?: DownloadOptions): Promise<Response> {
    return this.core.download(file, options)
  }
}

export class HealthResource extends Resource {
  /**
   * Check that the process is alive.
   *
   * Does not use the database.
   */
  get(options?: RequestOptions): ApiPromise<Health> {
    return this.core.call({
      route: 'GET /health',
    }, options)
  }
}

export class MessagesResource extends Resource {
  /**
   * List the messages of a chat.
   *
   * With their files, in insertion order. `order_by=id:desc` returns the latest first.
   */
  list(chatId: number, query?: ListMessagesQuery, options?: RequestOptions): List<Message> {
    return this.core.list({
      route: 'GET /api/users/{user_id}/chats/{chat_id}/messages',
      ids: [chatId],
      query,
      pick: (body: { chatMessages: Message[] }) => body.chatMessages,
      maxLimit: 100,
    }, options)
  }

  /**
   * Append messages to a chat.
   *
   * Takes one message or a list, each with its files. Atomic: a list is stored in the given order, with no other
   * message in between. The response has the form of the request: `chatMessage` for a single message, `chatMessages`
   * for a list.
   */
  append(chatId: number, message: NewMessage, options?: CreateOptions): ApiPromise<Message>
  append(chatId: number, messages: readonly NewMessage[], options?: CreateOptions): ApiPromise<Message[]>
  append(chatId: number, messages: NewMessage | readonly NewMessage[], options?: CreateOptions): ApiPromise<Message | Message[]> {
    return this.core.call({
      route: 'POST /api/users/{user_id}/chats/{chat_id}/messages',
      ids: [chatId],
      creates: true,
      body: Array.isArray(messages) ? { messages } : messages,
      pick: (body: { chatMessage: Message, chatMessages: Message[] }) => Array.isArray(messages) ? body.chatMessages : body.chatMessage,
    }, options)
  }

  /** Get a message with its files. */
  get(chatId: number, messageId: number, options?: RequestOptions): ApiPromise<Message> {
    return this.core.call({
      route: 'GET /api/users/{user_id}/chats/{chat_id}/messages/{message_id}',
      ids: [chatId, messageId],
      pick: (body: { chatMessage: Message }) => body.chatMessage,
    }, options)
  }

  /** Edit a message. */
  update(chatId: number, messageId: number, body: MessageChanges, options?: ChangeOptions): ApiPromise<Message> {
    return this.core.call({
      route: 'PATCH /api/users/{user_id}/chats/{chat_id}/messages/{message_id}',
      ids: [chatId, messageId],
      body,
      pick: (body: { chatMessage: Message }) => body.chatMessage,
    }, options)
  }

  /** Delete a message and its files. */
  delete(chatId: number, messageId: number, options?: ChangeOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/chats/{chat_id}/messages/{message_id}',
      ids: [chatId, messageId],
    }, options)
  }

  /**
   * Delete the last exchange of a chat.
   *
   * If the chat ends with user messages, deletes all of them and returns their ids in `deletedSuccessfully`. Otherwise
   * deletes the last message, and the one before it if that is a user message, and returns them in
   * `maybeAssistantMessageToDelete` and `maybeUserMessageToDelete`; either is null if absent.
   */
  deleteLast(chatId: number, options?: RequestOptions): ApiPromise<DeleteLastMessagesResult> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/chats/{chat_id}/messages/last',
      ids: [chatId],
    }, options)
  }
}

export class ModelsResource extends Resource {
  /**
   * List the allowed models.
   *
   * `any` is true if any well-formed model identifier is allowed.
   */
  list(options?: RequestOptions): ApiPromise<ListModelsResult> {
    return this.core.call({
      route: 'GET /models',
    }, options)
  }
}

export class ProjectsResource extends Resource {
  /**
   * List the projects of a user.
   *
   * Newest first. Filters match exactly.
   */
  list(query?: ListProjectsQuery, options?: RequestOptions): List<Project> {
    return this.core.list({
      route: 'GET /api/users/{user_id}/projects',
      query,
      pick: (body: { projects: Project[] }) => body.projects,
      maxLimit: 100,
    }, options)
  }

  /** Create a project. */
  create(body: NewProject, options?: CreateOptions): ApiPromise<Project> {
    return this.core.call({
      route: 'POST /api/users/{user_id}/projects',
      creates: true,
      body,
      pick: (body: { project: Project }) => body.project,
    }, options)
  }

  /** Get a project. */
  get(projectId: number, options: ReadOptions): ApiPromise<Project | undefined>
  get(projectId: number, options?: RequestOptions): ApiPromise<Project>
  get(projectId: number, options?: RequestOptions | ReadOptions): ApiPromise<Project | undefined> {
    return this.core.call({
      route: 'GET /api/users/{user_id}/projects/{project_id}',
      ids: [projectId],
      pick: (body: { project: Project }) => body.project,
    }, options)
  }

  /** Update a project. */
  update(projectId: number, body: ProjectChanges, options?: ChangeOptions): ApiPromise<Project> {
    return this.core.call({
      route: 'PATCH /api/users/{user_id}/projects/{project_id}',
      ids: [projectId],
      body,
      pick: (body: { project: Project }) => body.project,
    }, options)
  }

  /** Delete a project and its chats. */
  delete(projectId: number, options?: ChangeOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/projects/{project_id}',
      ids: [projectId],
    }, options)
  }
}

export class ReadinessResource extends Resource {
  /**
   * Check that the server is ready.
   *
   * Ready means that the database answers and that the server is not shutting down.
   */
  get(options?: RequestOptions): ApiPromise<Health> {
    return this.core.call({
      route: 'GET /health/ready',
    }, options)
  }
}

export class SessionsResource extends Resource {
  /** Get the current session. */
  check(options?: RequestOptions): ApiPromise<CheckSessionResult> {
    return this.core.call({
      route: 'GET /api/auth/check',
    }, options)
  }

  /**
   * List the sessions of a user.
   *
   * Newest first.
   */
  list(options?: RequestOptions): ApiPromise<Session[]> {
    return this.core.call({
      route: 'GET /api/users/{user_id}/sessions',
      pick: (body: { sessions: Session[] }) => body.sessions,
    }, options)
  }

  /** End all other sessions. */
  endOther(options?: RequestOptions): ApiPromise<number> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/sessions',
      pick: (body: { ended: number }) => body.ended,
    }, options)
  }

  /** End a session. */
  end(sessionId: number, options?: RequestOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/sessions/{session_id}',
      ids: [sessionId],
    }, options)
  }
}

export class SharedChatsResource extends Resource {
  /**
   * Open a shared chat.
   *
   * A share with a whitelist requires the session of a whitelisted user. A share with a password requires the password,
   * as HTTP Basic or through `unlock`. A share with both requires both. System messages are omitted.
   */
  open(uuid: string, options?: RequestOptions): ApiPromise<OpenSharedChatResult> {
    return this.core.call({
      route: 'GET /api/shared/chats/{uuid}',
      ids: [uuid],
    }, options)
  }

  /**
   * Unlock a shared chat with its password.
   *
   * Sets a cookie that opens the share for an hour. Applies the same rules as opening the chat. A share without a
   * password sets no cookie, and neither does a request that opens the share without it: one of the owner, or one with
   * such a cookie.
   */
  unlock(uuid: string, body: UnlockSharedChatBody, options?: RequestOptions): ApiPromise<ShareInfo> {
    return this.core.call({
      route: 'POST /api/shared/chats/{uuid}/unlock',
      ids: [uuid],
      body,
      pick: (body: { shareInfo: ShareInfo }) => body.shareInfo,
    }, options)
  }
}

export class SharesResource extends Resource {
  /**
   * Get the share of a chat.
   *
   * Returns null if the chat is not shared.
   */
  getForChat(chatId: number, options: ReadOptions): ApiPromise<GetChatShareResult | undefined>
  getForChat(chatId: number, options?: RequestOptions): ApiPromise<GetChatShareResult>
  getForChat(chatId: number, options?: RequestOptions | ReadOptions): ApiPromise<GetChatShareResult | undefined> {
    return this.core.call({
      route: 'GET /api/users/{user_id}/chats/{chat_id}/shares',
      ids: [chatId],
    }, options)
  }

  /**
   * Share a chat.
   *
   * A chat has one share. `password` protects it, whatever `is_protected` says. `emails` creates a whitelist; unknown
   * addresses are ignored. If `is_protected` is true without either, the whitelist is empty, and the share admits only
   * the owner.
   */
  create(chatId: number, body?: NewShare, options?: CreateOptions): ApiPromise<Share> {
    return this.core.call({
      route: 'POST /api/users/{user_id}/chats/{chat_id}/shares',
      ids: [chatId],
      creates: true,
      body,
      pick: (body: { share: Share }) => body.share,
    }, options)
  }

  /** Get a share. */
  get(chatId: number, shareId: number, options: ReadOptions): ApiPromise<Share | undefined>
  get(chatId: number, shareId: number, options?: RequestOptions): ApiPromise<Share>
  get(chatId: number, shareId: number, options?: RequestOptions | ReadOptions): ApiPromise<Share | undefined> {
    return this.core.call({
      route: 'GET /api/users/{user_id}/chats/{chat_id}/shares/{share_id}',
      ids: [chatId, shareId],
      pick: (body: { share: Share }) => body.share,
    }, options)
  }

  /**
   * Update a share.
   *
   * Takes effect at the next request. A `password` or `expires_at` of null removes it, and a `has_whitelist` of false
   * removes the whitelist.
   */
  update(chatId: number, shareId: number, body: ShareChanges, options?: ChangeOptions): ApiPromise<Share> {
    return this.core.call({
      route: 'PATCH /api/users/{user_id}/chats/{chat_id}/shares/{share_id}',
      ids: [chatId, shareId],
      body,
      pick: (body: { share: Share }) => body.share,
    }, options)
  }

  /**
   * Delete a share.
   *
   * Its link stops working at the next request.
   */
  delete(chatId: number, shareId: number, options?: ChangeOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/chats/{chat_id}/shares/{share_id}',
      ids: [chatId, shareId],
    }, options)
  }
}

export class UserResource extends Resource {
  /**
   * Get the account.
   *
   * With what it has stored, and what it may store at most.
   */
  get(options: ReadOptions): ApiPromise<GetUserResult | undefined>
  get(options?: RequestOptions): ApiPromise<GetUserResult>
  get(options?: RequestOptions | ReadOptions): ApiPromise<GetUserResult | undefined> {
    return this.core.call({
      route: 'GET /api/users/{user_id}',
    }, options)
  }

  /**
   * Change the e-mail address or the password.
   *
   * Requires the current password. A new password ends all other sessions.
   */
  update(body: UserChanges, options?: ChangeOptions): ApiPromise<User> {
    return this.core.call({
      route: 'PATCH /api/users/{user_id}',
      body,
      pick: (body: { user: User }) => body.user,
    }, options)
  }

  /** Delete the account and all of its data. */
  delete(options?: ChangeOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}',
    }, options)
  }
}

export class WhitelistEntriesResource extends Resource {
  /** List the whitelist of a share. */
  list(chatId: number, shareId: number, options?: RequestOptions): ApiPromise<WhitelistEntry[]> {
    return this.core.call({
      route: 'GET /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries',
      ids: [chatId, shareId],
      pick: (body: { shareWhitelistEntries: WhitelistEntry[] }) => body.shareWhitelistEntries,
    }, options)
  }

  /**
   * Add users to the whitelist of a share.
   *
   * Returns the whole whitelist. The first call creates it, even if no address is known. Unknown addresses are ignored.
   * The owner always has access.
   */
  add(chatId: number, shareId: number, emails: readonly string[], options?: CreateOptions): ApiPromise<WhitelistEntry[]> {
    return this.core.call({
      route: 'POST /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries',
      ids: [chatId, shareId],
      creates: true,
      body: { emails },
      pick: (body: { shareWhitelistEntries: WhitelistEntry[] }) => body.shareWhitelistEntries,
    }, options)
  }

  /**
   * Remove a user from the whitelist.
   *
   * An empty whitelist admits only the owner.
   */
  delete(chatId: number, shareId: number, entryId: number, options?: RequestOptions): ApiPromise<true> {
    return this.core.call({
      route: 'DELETE /api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries/{entry_id}',
      ids: [chatId, shareId, entryId],
    }, options)
  }
}

export class Resources extends Resource {
  readonly chats = new ChatsResource(this.core)
  readonly files = new FilesResource(this.core)
  readonly health = new HealthResource(this.core)
  readonly messages = new MessagesResource(this.core)
  readonly models = new ModelsResource(this.core)
  readonly projects = new ProjectsResource(this.core)
  readonly readiness = new ReadinessResource(this.core)
  readonly sessions = new SessionsResource(this.core)
  readonly sharedChats = new SharedChatsResource(this.core)
  readonly shares = new SharesResource(this.core)
  readonly user = new UserResource(this.core)
  readonly whitelistEntries = new WhitelistEntriesResource(this.core)

  /**
   * Create an account.
   *
   * Starts a session: the response sets its cookie. The session of the request ends, if there is one.
   */
  signUp(body: SignUpBody, options?: RequestOptions): ApiPromise<SignUpResult> {
    return this.core.call({
      route: 'POST /api/auth/sign-up',
      body,
    }, options)
  }

  /**
   * Log in.
   *
   * Starts a session: the response sets its cookie. The session of the request ends, if there is one. A wrong password
   * and an unknown address get the same response, in the same time.
   */
  logIn(body: LogInBody, options?: RequestOptions): ApiPromise<LogInResult> {
    return this.core.call({
      route: 'POST /api/auth/login',
      body,
    }, options)
  }

  /**
   * Log out.
   *
   * Ends the session and clears its cookie. Returns whether there was a session.
   */
  logOut(options?: RequestOptions): ApiPromise<boolean> {
    return this.core.call({
      route: 'POST /api/auth/logout',
    }, options)
  }
}
