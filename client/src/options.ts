/** How to send a single request. */
export interface RequestOptions {
  /** Aborts the request, which then rejects with the reason of the signal. */
  signal?: AbortSignal | undefined
  /** Milliseconds that each try may take; see `NeptunOptions`. */
  timeout?: number | undefined
  /** How often the request is repeated at most; see `NeptunOptions`. */
  maxRetries?: number | undefined
  /** Further headers. */
  headers?: Record<string, string> | undefined
}

/** Options of a request that creates something. */
export interface CreateOptions extends RequestOptions {
  /** Makes the request repeatable also later on, such as after a restart. Without it, each call has a new key. */
  idempotencyKey?: string | undefined
}

/** Options of a request that changes or deletes something with an `ETag`. */
export interface ChangeOptions extends RequestOptions {
  /** The `ETag` that must still be current. Otherwise, the request rejects with a `PreconditionFailedError`. */
  ifMatch?: string | undefined
}

/** Options of a request that reads something with an `ETag`. */
export interface ReadOptions extends RequestOptions {
  /** The `ETag` of what is already there. If it is still current, the result is undefined. */
  ifNoneMatch: string | undefined
}

/** Options of a download. */
export interface DownloadOptions extends RequestOptions {
  /** The first and the last byte, by default all. */
  range?: { start?: number | undefined, end?: number | undefined } | undefined
}

export interface NeptunOptions {
  /** The base URL of the server. In a page, it may be relative: empty for the origin of the page. */
  baseUrl: string
  /** The `session` of an earlier client, to resume it. Not needed in browsers, which store the cookie themselves. */
  session?: string | undefined
  /** Milliseconds that each try may take, with its JSON but without the content of a download; by default 60,000. */
  timeout?: number | undefined
  /** How often a request is repeated at most; by default 2. */
  maxRetries?: number | undefined
  /** Milliseconds to wait before a retry at most. If the server asks for more, the call fails. By default 60,000. */
  maxRetryDelay?: number | undefined
  /** Sends the requests instead of the global `fetch`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

/** All options that a request may have. */
export type AnyOptions = CreateOptions & ChangeOptions & Partial<ReadOptions> & DownloadOptions
