import { defineNuxtConfig } from 'nuxt/config'
import { assetHeaders } from './server/endpoint/security-headers.ts'

export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  telemetry: false,
  devtools: { enabled: false },
  // `localhost` may resolve to IPv6 only, and the examples use 127.0.0.1.
  devServer: { host: '127.0.0.1' },
  // For Vercel, which serves static files by itself. All other headers are set by the middleware.
  routeRules: { '/docs/assets/**': { headers: assetHeaders } },
})
