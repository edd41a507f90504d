import type { z } from 'zod'
import { PreconditionFailedError, quotaMessages, RequestUnderWayError, UnavailableError } from '#db/errors'
import { isCreating, isSafe, parseRoute, type Contract } from '#server/contracts/kit/contract'
import { issue } from '#server/contracts/kit/issues'
import { defaultMaxBodyBytes } from '#server/contracts/kit/limits'
import { fieldsOf } from '#server/contracts/kit/shapes'
import { ifMatchParameter } from '#server/contracts/kit/versions'
import { invalidIfMatch } from './entity-tags.ts'
import { toHttpError } from './error-status.ts'
import {
  createdRowsGone, crossSiteChange, payloadTooLarge, HttpError, otherRequestWithKey, quotaExceeded, rangeNotSatisfiable,
  requestTimeout, tooManyAttempts, unauthorized, unsupportedMediaType,
} from './http-error.ts'
import { invalidIdempotencyKey } from './idempotency-key.ts'
import { invalidBody, invalidParameters, invalidQuery, issuesOf } from './invalid-request.ts'

/** The errors that many endpoints share, by their names in the OpenAPI document. */
export const commonErrors = {
  Unauthorized: unauthorized(),
  CrossSiteChange: crossSiteChange(),
  RequestTimeout: requestTimeout(),
  PayloadTooLarge: payloadTooLarge(defaultMaxBodyBytes),
  UnsupportedMediaType: unsupportedMediaType(),
  TooManyRequests: tooManyAttempts({ limitName: 'login', limit: { attempts: 10, window: 900 }, retryAfter: 512 }),
  InternalServerError: toHttpError(new Error()),
  ServiceUnavailable: toHttpError(new UnavailableError()),
}

/** Every error that an endpoint can return: those that its contract names, and those that follow from it. */
export function documentedErrors(contract: Contract): HttpError[] {
  const ids = parseRoute(contract.route).parameters.filter(name => name.endsWith('_id'))
  const [parameter] = contract.query ? fieldsOf(contract.query) : []
  return [
    ...contract.session === 'required' ? [commonErrors.Unauthorized] : [],
    ...ids.length > 0 ? [invalidParameters(ids.slice(0, 1))] : [],
    ...parameter ? [invalidQuery([issue([parameter], 'Must not be repeated')])] : [],
    ...isCreating(contract) ? idempotencyErrors : [],
    ...ifMatchParameter(contract) ? [invalidIfMatch(), toHttpError(new PreconditionFailedError())] : [],
    ...contract.body
      ? [
          commonErrors.RequestTimeout, payloadTooLargeOf(contract),
          contract.upload ? unsupportedMediaType(true) : commonErrors.UnsupportedMediaType,
          invalidBodyOf(contract.body),
        ]
      : [],
    ...Object.entries(contract.errors).flatMap(([status, errors]) => errors.map(error =>
      typeof error === 'string'
        ? new HttpError(Number(status), error)
        : new HttpError(Number(status), error.message, error))),
    ...contract.quotas?.map(quota => quotaExceeded(quotaMessages[quota])) ?? [],
    ...contract.isLimited ? [commonErrors.TooManyRequests] : [],
    ...isSafe(contract) ? [] : [commonErrors.CrossSiteChange],
    ...contract.response || contract.status === 204 ? [] : [rangeNotSatisfiable(1024)],
    // A session is looked up there.
    ...contract.database || contract.session === 'required' ? [commonErrors.ServiceUnavailable] : [],
    commonErrors.InternalServerError,
  ]
}

const idempotencyErrors = [
  invalidIdempotencyKey(), toHttpError(new RequestUnderWayError()), createdRowsGone(), otherRequestWithKey(),
]

const payloadTooLargeOf = ({ maxBodyBytes }: Contract) =>
  maxBodyBytes === undefined ? commonErrors.PayloadTooLarge : payloadTooLarge(maxBodyBytes)

/** The error for the body `null`. */
const invalidBodyOf = (schema: z.ZodType) => invalidBody(schema, issuesOf(schema.safeParse(null).error))
