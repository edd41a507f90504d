import { defineNuxtConfig } from 'nuxt/config'

const noStore = { 'Cache-Control': 'private, no-store' }
const aboutShares = { headers: { 'X-Robots-Tag': 'noindex, nofollow, noarchive', 'Vary': 'Cookie, Authorization' } }

export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  telemetry: false,
  devtools: { enabled: false },
  // `localhost` may be IPv6 alone; every example here says 127.0.0.1.
  devServer: { host: '127.0.0.1' },
  routeRules: {
    '/**': { headers: { 'X-Content-Type-Options': 'nosniff', ...noStore } },
    '/docs/assets/**': { headers: { 'Cache-Control': 'public, no-cache' } },
    '/api/shared/**': aboutShares,
    '/api/users/*/chats/*/shares/**': aboutShares,
  },
})
