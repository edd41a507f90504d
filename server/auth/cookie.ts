/** A cookie to set. It is always HttpOnly, and SameSite=Lax and Secure unless configured otherwise. */
export interface Cookie {
  name: string
  value: string
  /** `/` for the whole host; any other path is below that of the public base URL. */
  path: string
  /** Seconds; 0 deletes the cookie. */
  maxAge: number
}

/** The cookies of a request by name. */
export type Cookies = Record<string, string>
