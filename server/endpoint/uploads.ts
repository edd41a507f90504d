import { z } from 'zod'
import type { OneOrMany } from '#server/contracts/kit/bodies'
import { Name } from '#server/contracts/kit/fields'
import type { TextFile } from '#server/contracts/kit/file-name'
import { maxFilesPerRequest } from '#server/contracts/kit/limits'
import type { UploadedFile } from '#server/files/describe-file'
import { useConfig } from '#server/runtime/config'
import { readFormFiles, type Exchange } from './body.ts'
import { fileTooLarge } from './http-error.ts'
import { invalidBody, issuesOf } from './invalid-request.ts'

const Titles = z.array(z.object({ title: Name })).min(1).max(maxFilesPerRequest)

/**
 * Reads the files of a multipart form.
 * @param schema the schema of the alternatives, for the field names in errors
 * @throws HttpError 400, 413
 */
export async function readForm(exchange: Exchange, schema: z.ZodType): Promise<OneOrMany<UploadedFile>> {
  const { maxBodyBytes, maxFileBytes } = useConfig()
  const { files, issues } = await readFormFiles(exchange, maxBodyBytes)
  if (!files) throw invalidBody(schema, issues)
  if (files.some(({ size }) => size > maxFileBytes)) throw fileTooLarge(maxFileBytes)
  const { data: titles, error } = Titles.safeParse(files.map(({ name }) => ({ title: name })))
  if (error) throw invalidBody(schema, issuesOf(error).map(issue => ({ ...issue, path: ['files', ...issue.path] })))
  const contents = await Promise.all(files.map(file => file.bytes()))
  return { items: titles.map(({ title }, i) => ({ title, content: contents[i]! })), many: true }
}

/** Converts the text files of a JSON body to uploads. */
export function toUploads({ items, many }: OneOrMany<TextFile>): OneOrMany<UploadedFile> {
  return { items: items.map(({ text, ...description }) => ({ ...description, content: Buffer.from(text) })), many }
}
