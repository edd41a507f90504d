/** The names of errors by their status. */
const names: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  409: 'Conflict',
  412: 'PreconditionFailed',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  416: 'RangeNotSatisfiable',
  417: 'ExpectationFailed',
  422: 'UnprocessableEntity',
  429: 'TooManyRequests',
  431: 'HeadersTooLarge',
  500: 'InternalError',
  503: 'Unavailable',
}

/** The errors that clients handle differently from others with their status, and what they mean. */
export const specificErrors = {
  ValidationError: 'Parts of the request are invalid; `issues` lists them',
  InvalidCredentials: 'The e-mail address or the password is wrong; ask for them again',
  InvalidLink: 'The link to a file was altered, has expired or was revoked; read the file again to get a new one',
  EmptyChat: 'There is no message to delete',
  QuotaExceeded: 'There is no room left; delete something first',
} as const

export type SpecificErrorName = keyof typeof specificErrors

/** The name of an error by its status, unless it has a more specific one. */
export const errorNameOf = (status: number): string => names[status] ?? names[status < 500 ? 400 : 500]!

/** All names of errors. */
export const errorNames = [...Object.values(names), ...Object.keys(specificErrors)]
