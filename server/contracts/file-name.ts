import { extname } from 'node:path'

/** What somebody says of a file. */
export interface GivenFile {
  title: string
  language?: string
  extension?: string
}

const withoutDot = (extension = '') => extension.replace(/^\./, '')

/** The file name of a file: its title, with the extension behind it unless it is there already. */
export function fileNameOf({ title, extension }: GivenFile): string {
  const suffix = withoutDot(extension) && `.${withoutDot(extension)}`
  return title.toLowerCase().endsWith(suffix.toLowerCase()) ? title : title + suffix
}

/** The extension of a file, without the dot: as it was given, else as its name ends; empty if neither. */
export function extensionOf({ title, extension }: GivenFile): string {
  return withoutDot(extension) || extname(title).slice(1)
}
