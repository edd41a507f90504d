import { isUtf8 } from 'node:buffer'
import { fileTypeFromBuffer } from 'file-type'
import * as linguist from 'linguist-languages'
import mime from 'mime'
import type { NewFile } from '#db/repositories/files'
import { extensionOf, fileNameOf, type GivenFile } from '#server/contracts/file-name'

/** Everything that is kept of a file, from what was said of it and what is in it. */
export async function describeFile(given: GivenFile, content: Uint8Array): Promise<NewFile> {
  const name = fileNameOf(given)
  const extension = extensionOf(given)
  const isText = isUtf8(content) && !content.includes(0)
  return {
    title: given.title,
    name,
    language: given.language ?? languageOf(extension),
    extension,
    type: isText ? textTypeOf(name) : await binaryTypeOf(name, content),
    is_text: isText,
    content,
  }
}

/** Types that hold text without saying so. Not by ending: `.rs` is listed as an XML format of a television service. */
const textTypes = new Set([
  'application/json', 'application/ld+json', 'application/geo+json', 'application/manifest+json', 'application/xml',
  'application/xhtml+xml', 'application/yaml', 'application/toml', 'application/sql', 'application/graphql',
  'application/x-sh', 'image/svg+xml',
])

/** The media type of a text by its name, where the list of extensions means a text: it takes `.ts` for a video. */
function textTypeOf(name: string): string {
  const listed = mime.getType(name)
  return listed && (listed.startsWith('text/') || textTypes.has(listed)) ? listed : 'text/plain'
}

/** The media type of anything else, by its first bytes, else by its name. */
async function binaryTypeOf(name: string, content: Uint8Array): Promise<string> {
  return (await fileTypeFromBuffer(content))?.mime ?? mime.getType(name) ?? 'application/octet-stream'
}

const languages: { name: string, extensions?: readonly string[], aliases?: readonly string[] }[] = Object.values(linguist)

/** The language that an extension stands for, in lower case; empty where several claim it equally. */
function languageOf(extension: string): string {
  const suffix = `.${extension.toLowerCase()}`
  const claimants = languages.filter(({ extensions }) => extensions?.includes(suffix))
  const byAlias = claimants.filter(({ name, aliases }) => [name.toLowerCase(), ...aliases ?? []].includes(suffix.slice(1)))
  const byFirst = claimants.filter(({ extensions }) => extensions?.[0] === suffix)
  return [byAlias, byFirst, claimants].find(candidates => candidates.length === 1)?.[0]!.name.toLowerCase() ?? ''
}

/** The text files of a JSON body, as they are kept. */
export function describeFiles(given: (GivenFile & { text: string })[]): Promise<NewFile[]> {
  return Promise.all(given.map(file => describeFile(file, Buffer.from(file.text))))
}
