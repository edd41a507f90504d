import { dictionary } from '@zxcvbn-ts/language-common'

let commonPasswords: Set<string> | undefined

/** Whether a password is one of the most common ones, case-insensitively. */
export function isCommonPassword(password: string): boolean {
  commonPasswords ??= new Set(dictionary['passwords-common'])
  return commonPasswords.has(password.toLowerCase())
}
