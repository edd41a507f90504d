import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '#db/client'
import type { View } from '#db/json-row'
import type { Page } from '#db/keyset'
import type { JsonPage } from '#db/read'
import { listChats as readChats } from '#db/repositories/chats'
import type { Session } from '#db/repositories/sessions'
import type { SessionReader } from '#db/session-reader'
import { oneOrMany } from '#server/contracts/kit/bodies'
import { defineContract, type IsCreating } from '#server/contracts/kit/contract'
import { defineList, oldestFirst } from '#server/contracts/kit/lists'
import type { downloadFile } from '#server/contracts/files'
import type { addFiles } from '#server/contracts/files'
import type { createChat, deleteChats, listChats } from '#server/contracts/chats'
import type { logIn } from '#server/contracts/auth'
import type { getHealth } from '#server/contracts/health'
import type { openSharedChat } from '#server/contracts/shared-chats'
import type { Download } from '#server/endpoint/download'
import { defineCreation } from '#server/endpoint/define-creation'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import type { HandlerRequest, HandlerResult } from '#server/endpoint/handler'
import type { UploadedFile } from '#server/files/describe-file'

// The compiler checks this file: `npm run types` fails if an expected error does not occur.

describe('the type of a contract', () => {
  it('requires an upload to be one or many text files', () => {
    const response = z.literal(true)
    const File = z.object({ title: z.string(), text: z.string() })
    defineContract('POST /api/files', { summary: '', upload: oneOrMany(File, 'files', 1), response })
    // @ts-expect-error a single file is not OneOrMany
    defineContract('POST /api/files', { summary: '', upload: File, response })
    const Untitled = z.object({ text: z.string() })
    // @ts-expect-error files without a title
    defineContract('POST /api/files', { summary: '', upload: oneOrMany(Untitled, 'files', 1), response })
    // @ts-expect-error a contract has a body or an upload
    defineContract('POST /api/files', { summary: '', upload: oneOrMany(File, 'files', 1), body: z.boolean(), response })
  })

  it('requires a session for every path below a user', () => {
    // @ts-expect-error user_id comes from the session
    defineContract('GET /api/users/{user_id}', { summary: '', session: 'optional', response: z.boolean() })
  })

  it('checks limits on the body that it declares', () => {
    const body = z.object({ size: z.number() })
    defineContract('POST /api/x', { summary: '', body, checkLimits: ({ size }) => size > 1 ? [] : [] })
    // @ts-expect-error the body has no name
    defineContract('POST /api/x', { summary: '', body, checkLimits: ({ name }: { name: string }) => name ? [] : [] })
  })
})

describe('the type of a handler', () => {
  it('follows from the path and the session rule', () => {
    expectTypeOf<HandlerRequest<typeof addFiles>['params']>()
      .toEqualTypeOf<{ user_id: number } & { chat_id: number } & { message_id: number }>()
    expectTypeOf<HandlerRequest<typeof addFiles>['session']>().toEqualTypeOf<Session>()
    expectTypeOf<HandlerRequest<typeof deleteChats>['db']>().toEqualTypeOf<Database>()
    // What belongs to the caller is read through the session, without looking it up first.
    expectTypeOf<HandlerRequest<typeof listChats>['db']>().toEqualTypeOf<SessionReader>()
    expectTypeOf<HandlerRequest<typeof listChats>>().not.toHaveProperty('session')
    expectTypeOf<HandlerRequest<typeof openSharedChat>['session']>().toEqualTypeOf<undefined>()
    expectTypeOf<HandlerRequest<typeof downloadFile>['session']>().toEqualTypeOf<undefined>()
  })

  it('has the uploaded files of an upload contract as its body', () => {
    expectTypeOf<HandlerRequest<typeof addFiles>['body']['items']>().toEqualTypeOf<UploadedFile[]>()
    expectTypeOf<HandlerRequest<typeof addFiles>['body']['items'][number]>().not.toHaveProperty('text')
  })

  it('has the page and the filters of a list, and returns a page of JSON', () => {
    type Column = 'id' | 'name' | 'model' | 'created_at' | 'updated_at'
    type Name = Column | 'neptun_user_id'
    expectTypeOf<HandlerRequest<typeof listChats>['page']>().toEqualTypeOf<Page<Column> & { view: View<Name> }>()
    expectTypeOf<HandlerRequest<typeof listChats>['query']>().toEqualTypeOf<{ project_id?: number | null }>()
    expectTypeOf<HandlerResult<typeof listChats>>().toEqualTypeOf<JsonPage>()
  })

  it('selects only fields that the repository knows', () => {
    const rows = defineList('rows', z.object({ id: z.int(), color: z.string() }), oldestFirst)
    const list = defineContract('GET /api/users/{user_id}/chats', { summary: '', list: rows })
    // @ts-expect-error a chat has no color
    defineEndpoint(list, ({ db, params, page }) => readChats(db, params, page, {}))
  })

  it('of an endpoint that creates rows is a creation', () => {
    expectTypeOf<IsCreating<typeof createChat>>().toEqualTypeOf<true>()
    expectTypeOf<IsCreating<typeof deleteChats | typeof getHealth | typeof logIn>>().toEqualTypeOf<false>()
    const contract = defineContract('POST /api/users/{user_id}/rows', { summary: '', response: z.literal(true) })
    // @ts-expect-error it would not take an Idempotency-Key
    defineEndpoint(contract, () => true)
    const ending = defineContract('POST /api/users/{user_id}/rows', { summary: '', status: 200, response: z.boolean() })
    defineEndpoint(ending, () => true)
    // @ts-expect-error it creates nothing
    defineCreation(ending, { create: async () => ({ ids: [], result: true }), read: async () => true })
  })

  it('returns a download where the contract has no response', () => {
    expectTypeOf<HandlerResult<typeof downloadFile>>().toEqualTypeOf<Download>()
  })

  it('has a database only where the contract uses it', () => {
    expectTypeOf<HandlerRequest<typeof deleteChats>['db']>().toEqualTypeOf<Database>()
    // A liveness probe must not wait for the database.
    expectTypeOf<HandlerRequest<typeof getHealth>>().not.toHaveProperty('db')
  })
})
