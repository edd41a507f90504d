import { extname } from 'node:path'

/** How a client describes a file. */
export interface FileDescription {
  title: string
  language?: string
  extension?: string
}

/** A text file in a JSON body. */
export interface TextFile extends FileDescription {
  text: string
}

const withoutDot = (extension = '') => extension.replace(/^\./, '')

/** The name of a file: its title, with the extension appended if the title lacks it. */
export function fileNameOf({ title, extension }: FileDescription): string {
  const suffix = withoutDot(extension) && `.${withoutDot(extension)}`
  return title.toLowerCase().endsWith(suffix.toLowerCase()) ? title : title + suffix
}

/** The extension of a file without the dot, as given or taken from the title; empty if there is none. */
export function extensionOf({ title, extension }: FileDescription): string {
  return withoutDot(extension) || extname(title).slice(1)
}
