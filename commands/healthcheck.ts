import { get } from 'node:http'

/**
 * Requests a path of the server in this container, by default `/health`, because the image has no other client. The
 * exit code is 0 if the response is 200, and 1 otherwise.
 */
const { HOST = '', PORT = '' } = process.env
const [, , path = '/health'] = process.argv
const host = ['', '0.0.0.0', '::'].includes(HOST) ? '127.0.0.1' : HOST

get({ host, port: PORT || 3000, path, timeout: 4000 }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1))
