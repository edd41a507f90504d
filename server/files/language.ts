import * as linguist from 'linguist-languages'

interface Language {
  name: string
  extensions?: readonly string[]
  aliases?: readonly string[]
}

const pairs = Object.values<Language>(linguist).flatMap(language =>
  language.extensions?.map(suffix => ({ suffix, language })) ?? [])

/** The languages that have an extension, by the extension with its dot. */
const languages = Map.groupBy(pairs, ({ suffix }) => suffix)

/** The programming language of an extension, in lower case; empty if the extension is ambiguous. */
export function languageOf(extension: string): string {
  const suffix = `.${extension.toLowerCase()}`
  const candidates = languages.get(suffix)?.map(({ language }) => language) ?? []
  const byAlias = candidates.filter(({ name, aliases }) =>
    [name.toLowerCase(), ...aliases ?? []].includes(suffix.slice(1)))
  const byFirstExtension = candidates.filter(({ extensions }) => extensions?.[0] === suffix)
  const unambiguous = [byAlias, byFirstExtension, candidates].find(({ length }) => length === 1)
  return unambiguous?.[0]!.name.toLowerCase() ?? ''
}
