import { expect, it } from 'vitest'
import { clientResources } from '../../scripts/client/resources.ts'

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const object = (properties: object) => ({ type: 'object', properties })
const Note = { $ref: '#/components/schemas/Note' }
const user = { in: 'path', name: 'user_id', schema: { type: 'integer' } }
const note = { in: 'path', name: 'note_id', schema: { type: 'integer' } }

const operation = (operationId: string, options: { parameters: object[], body?: object, responses: object }) => ({
  operationId,
  summary: operationId,
  parameters: options.parameters,
  ...options.body && { requestBody: { required: true, ...json(options.body) } },
  responses: options.responses,
})

/** The lines of the module for a document with notes that match the pattern. */
function linesOf(pattern: RegExp): string[] {
  const limit = { in: 'query', name: 'limit', schema: { type: 'integer', maximum: 50 } }
  const key = { in: 'header', name: 'Idempotency-Key', schema: { type: 'string' } }
  const tag = { in: 'header', name: 'If-Match', schema: { type: 'string' } }
  const page = object({ notes: { type: 'array', items: Note }, next_cursor: { type: 'string' } })
  const one = object({ note: Note })
  const many = object({ notes: { type: 'array', items: Note } })
  const document = {
    paths: {
      '/api/users/{user_id}/notes': {
        get: operation('listNotes', { parameters: [user, limit], responses: { 200: json(page) } }),
        post: operation('addNotes', {
          parameters: [user, key],
          body: { anyOf: [Note, many] },
          responses: { 201: json({ anyOf: [one, many] }) },
        }),
      },
      '/api/users/{user_id}/notes/{note_id}': {
        patch: operation('updateNote', {
          parameters: [user, note, tag], body: object({ text: {}, done: {} }), responses: { 200: json(one) },
        }),
        delete: operation('deleteNote', { parameters: [user, note, tag], responses: { 204: {} } }),
      },
    },
  }
  return clientResources(document as never).split('\n').map(line => line.trim()).filter(line => pattern.test(line))
}

it('writes methods with explicit types', () => {
  expect(linesOf(/^\w+\(.*\): /)).toEqual([
    'list(query?: ListNotesQuery, options?: RequestOptions): List<Note> {',
    'add(note: Note, options?: CreateOptions): ApiPromise<Note>',
    'add(notes: readonly Note[], options?: CreateOptions): ApiPromise<Note[]>',
    'add(notes: Note | readonly Note[], options?: CreateOptions): ApiPromise<Note | Note[]> {',
    'update(noteId: number, body: NoteChanges, options?: ChangeOptions): ApiPromise<Note> {',
    'delete(noteId: number, options?: ChangeOptions): ApiPromise<void> {',
  ])
  expect(linesOf(/^export /)).toEqual([
    `export type ListNotesQuery = NonNullable<operations['listNotes']['parameters']['query']>`,
    `export type Note = components['schemas']['Note']`,
    `export type NoteChanges = NonNullable<operations['updateNote']['requestBody']>['content']['application/json']`,
    'export class NotesResource extends Resource {',
    'export class Resources extends Resource {',
  ])
})
