import { defineNuxtConfig } from 'nuxt/config'
import { securityHeaders } from './server/endpoint/security-headers.ts'

const noStore = { 'Cache-Control': 'private, no-store' }
const shareHeaders = { 'X-Robots-Tag': 'noindex, nofollow, noarchive', 'Vary': 'Cookie, Authorization' }

export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  telemetry: false,
  devtools: { enabled: false },
  // `localhost` may resolve to IPv6 only, and the examples use 127.0.0.1.
  devServer: { host: '127.0.0.1' },
  routeRules: {
    '/**': { headers: { ...securityHeaders, ...noStore } },
    '/docs/assets/**': { headers: { 'Cache-Control': 'public, no-cache' } },
    '/api/shared/**': { headers: shareHeaders },
    '/api/users/*/chats/*/shares/**': { headers: shareHeaders },
  },
})
