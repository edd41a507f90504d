import { isUtf8 } from 'node:buffer'
import { fileTypeFromBuffer } from 'file-type'
import * as linguist from 'linguist-languages'
import mime from 'mime'
import type { NewFile } from '#db/repositories/insert-files'
import { extensionOf, fileNameOf, type FileDescription, type TextFile } from '#server/contracts/kit/file-name'

/** A file as the client sent it, in a form or as JSON. */
export interface UploadedFile extends FileDescription {
  content: Uint8Array
}

/** Derives everything that is stored about a file from its description and its content. */
export async function describeFile({ content, ...description }: UploadedFile): Promise<NewFile> {
  const name = fileNameOf(description)
  const extension = extensionOf(description)
  const isText = isUtf8(content) && !content.includes(0)
  return {
    title: description.title,
    name,
    language: description.language ?? languageOf(extension),
    extension,
    type: isText ? textTypeOf(name) : await binaryTypeOf(name, content),
    is_text: isText,
    content,
  }
}

/** Describes the text files of a message in a JSON body. */
export async function describeMessageFiles<Message extends { files: TextFile[] }>(
  message: Message,
): Promise<Message & { files: NewFile[] }> {
  const files = message.files.map(({ text, ...description }) =>
    describeFile({ ...description, content: Buffer.from(text) }))
  return { ...message, files: await Promise.all(files) }
}

/** Media types of text that do not start with `text/`. Matching suffixes is not enough: `.rs` maps to an XML type. */
const textTypes = new Set([
  'application/json', 'application/ld+json', 'application/geo+json', 'application/manifest+json', 'application/xml',
  'application/xhtml+xml', 'application/yaml', 'application/toml', 'application/sql', 'application/graphql',
  'application/x-sh', 'image/svg+xml',
])

/** The media type of a text file by its name, unless that is a binary type: `.ts` maps to a video type. */
function textTypeOf(name: string): string {
  const type = mime.getType(name)
  return type && (type.startsWith('text/') || textTypes.has(type)) ? type : 'text/plain'
}

/** The media type of a binary file by its first bytes, or else by its name. */
async function binaryTypeOf(name: string, content: Uint8Array): Promise<string> {
  return (await fileTypeFromBuffer(content))?.mime ?? mime.getType(name) ?? 'application/octet-stream'
}

const languages: { name: string, extensions?: readonly string[], aliases?: readonly string[] }[]
  = Object.values(linguist)

/** The language of an extension, in lower case; empty if the extension is ambiguous. */
function languageOf(extension: string): string {
  const suffix = `.${extension.toLowerCase()}`
  const candidates = languages.filter(({ extensions }) => extensions?.includes(suffix))
  const byAlias = candidates.filter(({ name, aliases }) =>
    [name.toLowerCase(), ...aliases ?? []].includes(suffix.slice(1)))
  const byFirstExtension = candidates.filter(({ extensions }) => extensions?.[0] === suffix)
  const unambiguous = [byAlias, byFirstExtension, candidates].find(({ length }) => length === 1)
  return unambiguous?.[0]!.name.toLowerCase() ?? ''
}
