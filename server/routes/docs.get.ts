import { randomBytes } from 'node:crypto'
import { defineEventHandler, setResponseHeader } from 'h3'
import { publicPath } from '#server/endpoint/base-url'
import { provideDemoSession } from '#server/endpoint/demo-session'
import { sendBody } from '#server/endpoint/send'

/** Scalar's configuration: no feature that would contact another server. */
const configuration = {
  agent: { disabled: true },
  mcp: { disabled: true },
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  documentDownloadType: 'direct',
  // `Models`, the default, are language models here.
  modelsSectionLabel: 'Schemas',
  customCss: `
    /* There is no session to enter: the browser sends the cookie by itself. */
    .introduction-card > .scalar-reference-intro-auth { display: none }
    /* On a phone, it covers the URL of the request. */
    .scalar-client .scalar-sidebar-toggle { display: none }
    /* On a narrow screen, the response is below the request: out of sight, unless it moves to the top. */
    @media (width < 1280px) {
      .scalar-client section:has(> .response-section-content) { order: -1 }
    }
  `,
}

/** The API reference, which Scalar renders from /openapi.json in the browser. */
export default defineEventHandler(async (event) => {
  if (import.meta.dev) await provideDemoSession(event)
  const nonce = randomBytes(16).toString('base64url')
  setResponseHeader(event, 'Content-Security-Policy', policy(nonce))
  return sendBody(event, page(nonce), 'text/html; charset=utf-8')
})

const policy = (nonce: string) => [
  `default-src 'none'`,
  `script-src 'nonce-${nonce}'`,
  `style-src 'nonce-${nonce}'`,
  // Scalar's icons have style attributes, which a nonce cannot allow.
  `style-src-attr 'unsafe-inline'`,
  `connect-src 'self'`,
  `img-src 'self' data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

/** Scalar reads its configuration from its script element, and the nonce for its styles from the head. */
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
    data-url="${publicPath('/openapi.json')}" data-configuration="${escape(JSON.stringify(configuration))}"></script>
</body>
</html>
`

const escape = (attribute: string) => attribute.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
