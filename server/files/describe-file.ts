import { isUtf8 } from 'node:buffer'
import type { NewFile } from '#db/repositories/insert-files'
import { extensionOf, fileNameOf, type FileDescription, type TextFile } from '#server/contracts/kit/file-name'

/** A file as the client sent it, in a form or as JSON. */
export interface UploadedFile extends FileDescription {
  content: Uint8Array
}

/**
 * Derives everything that is stored about a file from its description and its content. Imports the tables of types
 * and languages when a file arrives, because most requests have none.
 */
export async function describeFile({ content, ...description }: UploadedFile): Promise<NewFile> {
  const name = fileNameOf(description)
  const extension = extensionOf(description)
  const isText = isUtf8(content) && !content.includes(0)
  return {
    title: description.title,
    name,
    language: description.language ?? await languageOf(extension),
    extension,
    type: await (isText ? textTypeOf(name) : binaryTypeOf(name, content)),
    is_text: isText,
    content,
  }
}

/** Describes the text files of a message. */
export const describeFiles = (files: TextFile[]): Promise<NewFile[]> =>
  Promise.all(files.map(({ text, ...description }) => describeFile({ ...description, content: Buffer.from(text) })))

/** Media types of text that do not start with `text/`. Matching suffixes is not enough: `.rs` maps to an XML type. */
const textTypes = new Set([
  'application/json', 'application/ld+json', 'application/geo+json', 'application/manifest+json', 'application/xml',
  'application/xhtml+xml', 'application/yaml', 'application/toml', 'application/sql', 'application/graphql',
  'application/x-sh', 'image/svg+xml',
])

/** The media type of a text file by its name, unless that is a binary type: `.ts` maps to a video type. */
async function textTypeOf(name: string): Promise<string> {
  const type = await typeByName(name)
  return type && (type.startsWith('text/') || textTypes.has(type)) ? type : 'text/plain'
}

/** The media type of a binary file by its first bytes, or else by its name. */
async function binaryTypeOf(name: string, content: Uint8Array): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type')
  return (await fileTypeFromBuffer(content))?.mime ?? await typeByName(name) ?? 'application/octet-stream'
}

async function typeByName(name: string): Promise<string | null> {
  const { default: mime } = await import('mime')
  return mime.getType(name)
}

async function languageOf(extension: string): Promise<string> {
  const language = await import('./language.ts')
  return language.languageOf(extension)
}
