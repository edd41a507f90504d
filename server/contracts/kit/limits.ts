/** Limits of requests, shared by the contracts, the configuration and the documentation. */

export const mebibyte = 1024 * 1024

export const maxPageSize = 100
export const maxMessagesPerRequest = 1000
export const maxFilesPerRequest = 100
/** Ids or e-mail addresses. */
export const maxItemsPerRequest = 1000

/** Bytes of a body with a password. */
export const maxCredentialsBytes = 16 * 1024

/** The invalid parts that an error lists at most. A small body can have a great many. */
export const maxIssues = 100

/** Fields of a URL-encoded form. */
export const maxFormFields = 100

/** Parts of a multipart form, which may have as many other fields as files, and bytes of the headers of each. */
export const maxFormParts = 2 * maxFilesPerRequest
export const maxPartHeaderBytes = 16 * 1024

/** Levels of nesting, and values of a JSON body: arrays, objects, and their items and fields. */
export const maxJsonDepth = 64
export const maxJsonValues = 25_000

export const passwordLength = { min: 8, max: 128 }
export const sharePasswordLength = { min: 1, max: 128 }

/** Bytes; configurable. */
export const defaultMaxBodyBytes = 4.5 * mebibyte
export const defaultMaxFileBytes = 4 * mebibyte

/** Seconds that a file link is valid; configurable. */
export const defaultFileUrlLifetime = 15 * 60

/** The limits that a server is configured with. */
export interface ConfiguredLimits {
  /** Undefined if every well-formed model identifier is allowed. */
  allowedModels?: string[]
  maxFileBytes: number
}
