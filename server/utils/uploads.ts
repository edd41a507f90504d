import type { H3Event } from 'h3'
import { z } from 'zod'
import { useConfig } from '#server/config'
import type { OneOrMany } from '#server/contracts/bodies'
import { Name } from '#server/contracts/fields'
import type { GivenFile } from '#server/contracts/file-name'
import { mostFiles } from '#server/contracts/files'
import { HttpError } from '#server/errors/http-error'
import { invalidBody, issuesOf } from '#server/errors/invalid'
import { isForm, readFiles } from './body.ts'
import { readJsonBody } from './request.ts'

/** A file as it was sent, one way or the other. */
export type UploadedFile = GivenFile & { content: Uint8Array }

const Titles = z.array(z.object({ title: Name })).min(1).max(mostFiles)

/**
 * Reads files from a form, or else text files from JSON by the schema of the contract.
 * @throws HttpError 400, 413, 415
 */
export async function readUpload(event: H3Event, schema: z.ZodType): Promise<OneOrMany<UploadedFile>> {
  if (!isForm(event.node.req)) {
    const { items, many } = await readJsonBody(event, schema) as OneOrMany<GivenFile & { text: string }>
    return { items: items.map(({ text, ...given }) => ({ ...given, content: Buffer.from(text) })), many }
  }
  const { maxBodyBytes, maxFileBytes } = useConfig()
  const files = await readFiles(event.node.req, maxBodyBytes)
  if (!files) throw invalidBody(schema, [{ code: 'invalid_format', path: ['files'], message: 'Is not a form' }])
  if (files.some(({ size }) => size > maxFileBytes)) throw new HttpError(413, `A file may have at most ${maxFileBytes} bytes.`)
  const { data: titles, error } = Titles.safeParse(files.map(({ name }) => ({ title: name })))
  if (error) throw invalidBody(schema, issuesOf(error).map(issue => ({ ...issue, path: ['files', ...issue.path] })))
  const contents = await Promise.all(files.map(file => file.bytes()))
  return { items: titles.map(({ title }, i) => ({ title, content: contents[i]! })), many: true }
}
