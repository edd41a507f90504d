import type { Links } from '#db/json-row'
import type { FileWithText } from '#db/repositories/insert-files'

/** Presents a file that has been added, with a link to its content. */
export function presentFile(file: FileWithText, links: Links): FileWithText & { url: string, version: 1 } {
  return { ...file, url: links.file(String(file.id)), version: 1 }
}
