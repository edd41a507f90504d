/**
 * Keys of rows, named after the parameters of the path that leads to them. Every key contains the owner, and every
 * statement that takes a key has all of it in its WHERE.
 */
export interface UserKey { user_id: number }
/** A session by its token, and the user that the token names. */
export interface TokenKey extends UserKey {
  /** SHA-256 of the token. The database never sees the token itself. */
  tokenHash: Uint8Array
}
export interface SessionKey extends UserKey { session_id: number }
/** A key that a client has given a request, so that it can repeat it. */
export interface IdempotencyKey extends UserKey { idempotency_key: string }
export interface ProjectKey extends UserKey { project_id: number }
export interface ChatKey extends UserKey { chat_id: number }
export interface MessageKey extends ChatKey { message_id: number }
export interface FileKey extends MessageKey { file_id: number }
/** A file by its id alone, as the path of a file link names it. */
export interface LinkedFileKey extends UserKey { file_id: number }
export interface ShareKey extends ChatKey { share_id: number }
export interface WhitelistEntryKey extends ShareKey { entry_id: number }
