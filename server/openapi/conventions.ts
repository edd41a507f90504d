/** What holds for every endpoint, in Markdown. */
export const conventions = `
The chat history of Neptun, an AI assistant for developers: projects, chats, messages, files and shares.

## Sign-in

Sign-up and login set the cookie \`neptun-session\`; every other request sends it back. It ends after 7 days without use, after
30 days in all, at logout, and at a change of the password. In this page, send a login once: the browser keeps the cookie.

What belongs to somebody else answers exactly as what is not there: 404.

## Requests

JSON in UTF-8, at most 4.5 MiB unless the server is configured otherwise. Unknown query parameters and fields are ignored; a
parameter that is given twice is refused. Text is kept as it is sent, so a NUL character or half a surrogate pair is refused.
Where a field has two spellings (\`message\` and \`content\`, \`actor\` and \`role\`), either is taken, and answers have both.

HEAD answers as GET does, without the body; OPTIONS tells the methods of a path in \`Allow\`. A slash at the end of a path changes
nothing.

## Answers

Times are ISO 8601 in UTC with milliseconds. A success is 200, or 201 where something was created. No answer may be kept by
caches, but for the content of a file, which may be kept and has to be asked for again. Each answer has an \`X-Request-Id\`, by
which whoever runs the server finds it in the log.

## Errors

Errors are JSON on every path and have one shape, \`Error\`: \`message\` says what is wrong and names the part at fault, as in
\`Invalid query(order_by)\`; \`data.issues\` says what was invalid about it. They come in this order: an unknown path (404) or method
(405, with \`Allow\`), no session (401), an id that is none (400), somebody else's user (404), the query (400), the body (413, 415,
400), what is not there (404), and what the present state does not allow (409). An answer of 503 says in \`Retry-After\` when to try
again. Only what is no HTTP, or has more than 16 kB of headers, is refused without JSON: 400 or 431.

## Lists

Lists come whole. With \`limit\` (1 to 100) they come in pages: \`next_cursor\` goes back as \`cursor\`, until it is null. Nothing is
skipped or doubled when something is added meanwhile. A cursor fits the list and the order that it came from.

## order_by

\`column:direction\`, several separated by commas: \`name:asc,created_at:desc\`. Directions are \`asc\` and \`desc\`; names and models
sort by code point; the id breaks ties. Chats sort by \`id\`, \`name\`, \`model\`, \`created_at\` and \`updated_at\`, by default the latest
talk first; messages by \`id\`.

## Limits

| | at most |
| --- | --- |
| names, types and languages | 255 characters, without the white space around them |
| descriptions | 10,000 characters |
| messages | 1,000,000 characters each, 1,000 in a request |
| files | 4 MiB each, unless configured otherwise, 100 in a request |
| ids or e-mail addresses in a request | 1,000 |
| passwords | 8 to 128 characters, and none of the most common ones; of a share, 1 to 128 |
`.trim()
