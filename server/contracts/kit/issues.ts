/** What is wrong with one part of a request. */
export interface Issue {
  code: string
  /** Empty for the request as a whole. */
  path: PropertyKey[]
  message: string
}

export const issue = (path: PropertyKey[], message: string, code = 'custom'): Issue => ({ code, path, message })
