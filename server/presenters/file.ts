import type { File, FileWithText } from '#db/repositories/files'
import type { FileUrl } from '#server/utils/links'

/** A file as the contract shows it: with a link to its content. */
export function presentFile<Row extends File | FileWithText>(file: Row, fileUrl: FileUrl): Row & { url: string } {
  return { ...file, url: fileUrl(file.id) }
}
