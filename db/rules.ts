/** Rules of the data, shared by the schema, the repositories, the contracts and the documentation. */

/** Maximum lengths in characters, as PostgreSQL counts them. */
export const maxLength = {
  email: 254,
  name: 255,
  description: 10_000,
  message: 1_000_000,
  model: 200,
  /** Longer ones are cut. */
  userAgent: 512,
  idempotencyKey: 255,
}

export const messageRoles = ['user', 'assistant', 'system'] as const

/** A session ends after so many days without use, or so many days after it began. */
export const sessionLifetime = { idleDays: 7, totalDays: 30 }

/** The sessions of a user. A login beyond them ends the one that has not been used for longest. */
export const maxSessions = 1000

/** Hours that an idempotency key is remembered, and how many of a user are at most. */
export const idempotencyKeyLifetime = 24
export const maxIdempotencyKeys = 10_000

/** The largest text file, in bytes, whose text is returned with its message. */
export const maxInlineTextBytes = 256 * 1024

/** The projects of a user, whose descriptions do not count as stored bytes. */
export const maxProjects = 10_000

/** The files of a message, and the bytes of text that are returned with it. It is always read as a whole. */
export const maxFilesPerMessage = 1000
export const maxMessageTextBytes = 8 * 1024 * 1024

/** The largest file, in bytes, whose content is read together with the rest. Larger ones are read in parts. */
export const maxLinkedContentBytes = 64 * 1024

/** The messages, the files, and the bytes of files that one transaction deletes at most. More are deleted in steps. */
export const maxDeletedRows = 10_000
export const maxDeletedBytes = 256 * 1024 * 1024
/** The chats that one step deletes, unless they have more than that. */
export const maxDeletedChats = 100

/** The largest page of a list. A page ends at the latest with the row that exceeds the bytes of text. */
export const maxPageRows = 1000
/** The rows of each further page of a long list: few, so that other requests get their turn in between. */
export const furtherPageRows = 200
export const maxPageBytes = 4 * 1024 * 1024
/** What a row of a page costs besides its text, in bytes. */
export const rowOverhead = 1024
/** The bytes of text that are read on the connection that reads share, so that none delays the others for long. */
export const maxShortReadBytes = 256 * 1024
