import { createRequire } from 'node:module'
import type * as languageCommon from '@zxcvbn-ts/language-common'

let commonPasswords: Set<string> | undefined

/** Whether a password is one of the most common ones, case-insensitively. */
export function isCommonPassword(password: string): boolean {
  commonPasswords ??= readCommonPasswords()
  return commonPasswords.has(password.toLowerCase())
}

/** Loads the list when the first password is chosen: it takes 30 ms, and a schema cannot wait for an `import()`. */
function readCommonPasswords(): Set<string> {
  const require = createRequire(import.meta.url)
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof languageCommon
  return new Set(dictionary['passwords-common'])
}
