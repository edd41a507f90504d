import { describe, expect, it } from 'vitest'
import { NotFoundError, violates, withReferences } from '#db/errors'
import { retryAfterConflict } from '#db/retry'
import { databaseError } from '../support/database-error.ts'

const constraint = 'chats_project_of_same_user'

/** The violation of a foreign key as Citus passes it on from a worker. */
const ofWorker = (name: string) => databaseError('23503', {
  message: `insert or update on table "chats_102024" violates foreign key constraint "${name}"`,
})

describe('violates', () => {
  it.each([
    ['one machine', databaseError('23503', { constraint_name: constraint })],
    ['a worker', ofWorker(`${constraint}_102024`)],
    ['a worker, without the number of the shard', ofWorker(constraint)],
  ])('recognizes a constraint of %s', (_, error) => {
    expect(violates(error, constraint)).toBe(true)
  })

  it.each([
    ['another constraint', databaseError('23503', { constraint_name: 'chats_of_existing_user' })],
    ['another constraint of a worker', ofWorker('chats_of_existing_user_102024')],
    ['a constraint of a worker whose name is longer', ofWorker(`${constraint}_too_102024`)],
    ['another kind of error', databaseError('42703', { message: `column "${constraint}" does not exist` })],
    ['no database error', new Error(`"${constraint}_102024"`)],
  ])('does not recognize %s', (_, error) => {
    expect(violates(error, constraint)).toBe(false)
  })
})

describe('withReferences', () => {
  const references = { chats_of_existing_user: 'User', chats_project_of_same_user: 'Project' } as const

  it('names the resource that a violated foreign key refers to', async () => {
    await expect(withReferences(Promise.reject(ofWorker(`${constraint}_102024`)), references))
      .rejects.toStrictEqual(new NotFoundError('Project'))
  })

  it('passes on any other error', async () => {
    const error = ofWorker('chats_model_length')
    await expect(withReferences(Promise.reject(error), references)).rejects.toBe(error)
  })
})

describe('retryAfterConflict', () => {
  /** Fails so many times before it succeeds. */
  const failing = (times: number, error: Error) => {
    const run = { attempts: 0, start: async () => ++run.attempts > times ? 'done' : Promise.reject(error) }
    return run
  }

  it.each([['a deadlock', '40P01'], ['a serialization failure', '40001']])('retries after %s', async (_, code) => {
    const run = failing(5, databaseError(code))
    expect(await retryAfterConflict(run.start)).toBe('done')
    expect(run.attempts).toBe(6)
  })

  it('gives up after six attempts', async () => {
    const error = databaseError('40P01')
    await expect(retryAfterConflict(failing(6, error).start)).rejects.toBe(error)
  })

  it('does not retry after another error', async () => {
    const error = databaseError('57014')
    const run = failing(1, error)
    await expect(retryAfterConflict(run.start)).rejects.toBe(error)
    expect(run.attempts).toBe(1)
  })
})
