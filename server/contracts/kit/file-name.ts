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

/** Control characters, line separators, and characters that reverse the direction of the text that follows. */
const controls = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

/** Names that Windows reserves for devices, with any extension. */
const device = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?= *(\.|$))/i

/**
 * The last part of a path that is a name, so that a client can use it as the name of a file: without separators,
 * control characters, `..`, or the dots and spaces at the end that Windows drops. Empty if there is none.
 */
export function safeFileName(path: string): string {
  const names = path.replace(controls, '').replace(/\.{2,}/g, '.').split(/[/\\]/)
  const name = names.map(name => name.trim().replace(/[. ]+$/, '')).findLast(name => name !== '') ?? ''
  return name.replace(device, '$&_')
}

/** The extension that the client gave, without the dot. */
const givenExtension = ({ extension = '' }: FileDescription) => safeFileName(extension).replace(/^\./, '')

/** The safe name of a file: its title, with the extension appended if the title lacks it. */
export function fileNameOf(file: FileDescription): string {
  const [name, extension] = [safeFileName(file.title) || 'untitled', givenExtension(file)]
  const suffix = extension && `.${extension}`
  return name.toLowerCase().endsWith(suffix.toLowerCase()) ? name : safeFileName(name + suffix)
}

/** The safe extension of a file without the dot, as given or taken from the title; empty if there is none. */
export function extensionOf(file: FileDescription): string {
  return givenExtension(file) || extname(safeFileName(file.title)).slice(1)
}
