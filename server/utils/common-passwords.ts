import { dictionary } from '@zxcvbn-ts/language-common'

let commonPasswords: Set<string> | undefined

/** Whether a password is on the list of the most common ones, in whatever case. */
export function isCommonPassword(password: string): boolean {
  commonPasswords ??= new Set(dictionary['passwords-common'])
  return commonPasswords.has(password.toLowerCase())
}
