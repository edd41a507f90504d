import type { File, FileWithText } from '#db/repositories/files'
import type { FileUrl } from '#server/files/links'

/** Presents a file, with a link to its content. */
export function presentFile<Row extends File | FileWithText>(file: Row, fileUrl: FileUrl): Row & { url: string } {
  return { ...file, url: fileUrl(file) }
}
