import type { z } from 'zod'
import { UnavailableError } from '#db/errors'
import { routeOf, type Contract } from '#server/contracts/contract'
import { fieldsOf } from '#server/contracts/bodies'
import { HttpError, malformedHost, noSuchRange, tooLarge, unauthorized, wrongType } from '#server/errors/http-error'
import { invalidBody, invalidParameters, invalidQuery, issuesOf } from '#server/errors/invalid'
import { toHttpError } from '#server/errors/to-http-error'

/** The largest body, where nobody configured another, in bytes. */
const defaultBodyLimit = 4.5 * 1024 * 1024

/** The errors that many endpoints have in the same words, by their names in the document. */
export const commonErrors = {
  Unauthorized: unauthorized(),
  ContentTooLarge: tooLarge(defaultBodyLimit),
  UnsupportedMediaType: wrongType(),
  InternalServerError: toHttpError(new Error()),
  ServiceUnavailable: toHttpError(new UnavailableError()),
}

/** Every error that an endpoint can answer with, as it would: those of its contract, and those that follow from it. */
export function errorsOf(contract: Contract): HttpError[] {
  const { path, parameters } = routeOf(contract.route)
  const ids = parameters.filter(name => name.endsWith('_id'))
  const [query] = [contract.query, contract.list?.paging].flatMap(schema => schema ? fieldsOf(schema) : [])
  return [
    ...contract.session === 'required' ? [commonErrors.Unauthorized] : [],
    ...ids.length > 0 ? [invalidParameters(ids.slice(0, 1))] : [],
    ...ids.includes('user_id') ? [new HttpError(404, 'User not found')] : [],
    ...query ? [invalidQuery([{ code: 'custom', path: [query], message: 'Is given twice' }])] : [],
    ...contract.body ? [commonErrors.ContentTooLarge, commonErrors.UnsupportedMediaType, invalidBodyOf(contract.body)] : [],
    ...Object.entries(contract.errors).flatMap(([status, messages]) => messages.map(message => new HttpError(Number(status), message))),
    malformedHost(),
    ...contract.response ? [] : [noSuchRange(1024)],
    ...path.startsWith('/api/') ? [commonErrors.ServiceUnavailable] : [],
    commonErrors.InternalServerError,
  ]
}

/** What the endpoint says to the body `null`. */
const invalidBodyOf = (schema: z.ZodType) => invalidBody(schema, issuesOf(schema.safeParse(null).error))
