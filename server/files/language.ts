import * as linguist from 'linguist-languages'

const languages: { name: string, extensions?: readonly string[], aliases?: readonly string[] }[]
  = Object.values(linguist)

/** The programming language of an extension, in lower case; empty if the extension is ambiguous. */
export function languageOf(extension: string): string {
  const suffix = `.${extension.toLowerCase()}`
  const candidates = languages.filter(({ extensions }) => extensions?.includes(suffix))
  const byAlias = candidates.filter(({ name, aliases }) =>
    [name.toLowerCase(), ...aliases ?? []].includes(suffix.slice(1)))
  const byFirstExtension = candidates.filter(({ extensions }) => extensions?.[0] === suffix)
  const unambiguous = [byAlias, byFirstExtension, candidates].find(({ length }) => length === 1)
  return unambiguous?.[0]!.name.toLowerCase() ?? ''
}
