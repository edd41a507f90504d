import {
  idempotencyKeyLifetime, maxFilesPerMessage, maxIdempotencyKeys, maxLength, maxMessageTextBytes, maxPageBytes,
  maxPageRows, maxProjects, maxSessions, sessionLifetime,
} from '#db/rules'
import { sessionCookie } from '#server/contracts/kit/cookies'
import { specificErrors } from '#server/contracts/kit/error-names'
import {
  defaultMaxBodyBytes, defaultMaxFileBytes, maxCredentialsBytes, maxFilesPerRequest, maxFormFields,
  maxFormParts, maxItemsPerRequest, maxJsonDepth, maxJsonValues, maxMessagesPerRequest, maxPageSize, maxPartHeaderBytes,
  passwordLength, sharePasswordLength,
} from '#server/contracts/kit/limits'

const count = (value: number) => value.toLocaleString('en')
const range = ({ min, max }: { min: number, max: number }) => `${min} to ${max} characters`
const mebibytes = (bytes: number) => `${bytes / 1024 / 1024} MiB`

/** The conventions that all endpoints share, in Markdown. */
export const conventions = `
The chat history of Neptun, an AI assistant for developers: projects, chats, messages, files and shares.

## Sessions

Sign-up and login set the cookie \`${sessionCookie}\`, which authenticates all other requests. A session ends after
${sessionLifetime.idleDays} days without use, after ${sessionLifetime.totalDays} days in total, and at logout. A
password change ends all other sessions. A user has at most ${count(maxSessions)}: a login beyond them ends the one that
has not been used for longest. On this page, send a login once; the browser keeps the cookie. A development server signs
you in to its demo account when you open the page.

Pages of other sites can change nothing: a POST, PATCH or DELETE whose \`Sec-Fetch-Site\` or \`Origin\` names another
origin is a 403, unless the server is configured to allow that origin (CORS). Programs other than browsers send neither
header.

A resource of another user is indistinguishable from one that does not exist: both return 404.

## Requests

Bodies are JSON in UTF-8, by default of at most ${mebibytes(defaultMaxBodyBytes)}, or URL-encoded forms of up to
${maxFormFields} fields. A form has the fields of the JSON body; those that do not take text are written as JSON:
\`chat_ids=[1,2]\`. Unknown query parameters and fields are ignored. Repeated query parameters and form fields are
rejected. Names and e-mail addresses are trimmed. Any other text is stored unchanged, so NUL characters and lone
surrogates are rejected. Where a field has an alias (\`message\` and \`content\`, \`actor\` and \`role\`,
\`project_type\` and \`type\`, \`programming_language\` and \`main_language\`), requests may use either, and
responses have both.

HEAD works like GET without the body, except for \`/api/auth/check\`, where it returns 204. OPTIONS returns the methods
of a path in \`Allow\`. A trailing slash in a path is ignored.

## Responses

Timestamps are ISO 8601 in UTC with milliseconds. A success is 201 if a resource was created, and 200 otherwise.
Responses must not be cached, except for file content, which may be stored but must be revalidated. Each response has an
\`X-Request-Id\`, which the server log contains too: that of the request, if it has up to 128 letters, digits and
\`. _ -\`, or else a new one. The log also has the ids of a W3C \`traceparent\`.

## Retries

A POST below \`/api/users/{user_id}\` takes an \`Idempotency-Key\`: 1 to ${maxLength.idempotencyKey} visible ASCII
characters, in double quotes or not, new for each request. If the request is repeated with the same key within
${idempotencyKeyLifetime} hours, it creates nothing. The response has the rows of the first request as they are now, and
\`Idempotent-Replayed: true\`. It is a 409 if some have been deleted, and a 409 with \`Retry-After\` while the first
request is being processed. Another request with the same key is a 422. What was refused is forgotten, so its key can be
used again. At least the last ${count(maxIdempotencyKeys)} keys of a user are remembered.

## Entity tags

A single account, project, chat, message, file or share has an \`ETag\`. It identifies the fields that requests
change: messages that are appended to a chat, for example, change its \`updated_at\`, but not its tag. A PATCH or
DELETE takes it as \`If-Match\` (a tag, a list of them, or \`*\`), and is a 412 that changes nothing if the resource
has another one. What does not exist is a 404 even so. A GET of an account, a project, a chat or a share takes it as
\`If-None-Match\`, and is a 304 if the resource has that tag still.

## Errors

Errors are JSON on every path and have the shape \`Error\`. \`message\` names the part at fault, as in
\`Invalid query(order_by)\`, and \`data.issues\` lists what is wrong with it. \`data.name\` is the kind of error.
Most statuses have one name. These errors have one of their own, because clients handle them differently:

${Object.entries(specificErrors).map(([name, meaning]) => `- \`${name}\`: ${meaning}.`).join('\n')}

If a request has several errors, the first of this order is returned: change from another site (403), unknown path
(404), unsupported method (405, with \`Allow\`), no session (401), malformed id (400), foreign user (404), query (400),
header (400), body (413, 415, 400), key of another request (422), resource not found (404), changed resource (412),
conflict with the current state (409). A 429 and a 503 have a \`Retry-After\` header. Too many attempts to guess a
password are a 429 that also has \`RateLimit\` and \`RateLimit-Policy\`.

At most 16 requests of a user are processed at a time, and 200 more wait for up to 10 seconds. Beyond that, and beyond
256 responses to an address at a time, a request is a 429. If the bodies of all requests or responses take too much
memory, a large one is a 503. Requests that are sent on one connection without waiting for the responses are processed
one after the other, and more than 16 of them close it.

What is not valid HTTP is a 400, and so is a missing, repeated or malformed \`Host\` header. An unknown \`Expect\` is
a 417, and headers of more than 16 kB are a 431. Headers have 10 seconds to arrive, and a body 15 seconds for each MiB.
Otherwise the response is a 408, and the connection is closed, as it is if a client takes none of a response for 30
seconds. The server may be configured with other times.

## Lists

A list is returned whole, unless \`limit\` (1 to ${maxPageSize}) asks for a page. To get the next page, send
\`next_cursor\` as \`cursor\`, until it is null. Rows that are added meanwhile cause no skipped or repeated rows. A
cursor is valid only for the list and the order that it came from. A page ends early when it reaches
${mebibytes(maxPageBytes)} of text, so it may have fewer rows than \`limit\`.

A whole list of more than ${count(maxPageRows)} rows or ${mebibytes(maxPageBytes)} of text is streamed without
\`Content-Length\`, and may show changes made meanwhile. If it cannot be read to its end, the connection is closed
before the end of the body.

## order_by

\`column:direction\`, several separated by commas: \`name:asc,created_at:desc\`. Directions are \`asc\` and
\`desc\`. Names and models sort by code point. The id breaks ties. Chats sort by \`id\`, \`name\`, \`model\`,
\`created_at\` and \`updated_at\`, by default the most recently updated first. Messages sort by \`id\`.

## Limits

| | at most |
| --- | --- |
| names, types and languages | ${count(maxLength.name)} characters, after trimming |
| descriptions | ${count(maxLength.description)} characters |
| messages | ${count(maxLength.message)} characters each, ${count(maxMessagesPerRequest)} in a request |
| files | ${mebibytes(defaultMaxFileBytes)} each by default, ${maxFilesPerRequest} in a request |
| projects of a user | ${count(maxProjects)} |
| files of a message | ${count(maxFilesPerMessage)}, with ${mebibytes(maxMessageTextBytes)} of \`text\` together |
| multipart forms | ${maxFormParts} parts, each with headers of ${maxPartHeaderBytes / 1024} KiB |
| ids or e-mail addresses in a request | ${count(maxItemsPerRequest)} |
| JSON | ${maxJsonDepth} levels of nesting, ${count(maxJsonValues)} values |
| bodies of sign-up, login, account changes and \`unlock\` | ${maxCredentialsBytes / 1024} KiB |
| passwords | ${range(passwordLength)}, common passwords excluded |
| share passwords | ${range(sharePasswordLength)} |
`.trim()
