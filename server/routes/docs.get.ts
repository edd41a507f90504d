import { randomBytes } from 'node:crypto'
import { defineEventHandler, setResponseHeader } from 'h3'
import { publicPath } from '#server/utils/links'
import { sendBody } from '#server/utils/send'

/** How Scalar shows the API: with nothing in it that would ask another server. */
const configuration = {
  agent: { disabled: true },
  mcp: { disabled: true },
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  documentDownloadType: 'direct',
  customCss: `
    /* Nobody has to enter a session: once there is one, the browser sends it by itself. */
    .introduction-card > .scalar-reference-intro-auth { display: none }
    /* On a phone it covers the address of the request. */
    .scalar-client .scalar-sidebar-toggle { display: none }
  `,
}

/** A page for people: the reference of the API, which Scalar makes of /openapi.json in the browser. */
export default defineEventHandler((event) => {
  const nonce = randomBytes(16).toString('base64url')
  setResponseHeader(event, 'Content-Security-Policy', policy(nonce))
  return sendBody(event, page(nonce), 'text/html; charset=utf-8')
})

const policy = (nonce: string) => [
  `default-src 'none'`,
  `script-src 'nonce-${nonce}'`,
  `style-src 'nonce-${nonce}'`,
  // Scalar's icons have style attributes, which no nonce can allow; they reach no other element.
  `style-src-attr 'unsafe-inline'`,
  `connect-src 'self'`,
  `img-src 'self' data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

/** Scalar's script reads its configuration off its own element, and the nonce for its styles off the head. */
const page = (nonce: string) => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta property="csp-nonce" content="${nonce}">
  <title>Neptun API</title>
  <link rel="icon" href="data:,">
</head>
<body>
  <script nonce="${nonce}" src="${publicPath('/docs/assets/strict.js')}"></script>
  <script nonce="${nonce}" src="${publicPath('/docs/assets/standalone.js')}" id="api-reference"
    data-url="${publicPath('/openapi.json')}" data-configuration="${escaped(JSON.stringify(configuration))}"></script>
</body>
</html>
`

const escaped = (attribute: string) => attribute.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
