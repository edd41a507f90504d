import { z } from 'zod'
import { ModelIdentifier } from '#server/contracts/kit/fields'
import {
  defaultFileUrlLifetime, defaultMaxBodyBytes, defaultMaxFileBytes, mebibyte,
} from '#server/contracts/kit/limits'

const flag = z.enum(['true', 'false'], 'must be true or false').transform(value => value === 'true')

const number = (min: number, max: number) => z.string()
  .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
  .transform(Number)
  .refine(value => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

/** Values separated by commas. Spaces around them are ignored. */
const list = (isItem: (item: string) => boolean, error: string) => z.string()
  .transform(list => list.split(',').map(item => item.trim()))
  .refine(list => list.every(isItem), error)

const secret = z.string().min(32, 'must have at least 32 characters')

const connectionString = 'must be a connection string such as postgres://user:password@host:5432/name'

const databaseUrl = z.string()
  .regex(/^postgres(ql)?:\/\/./, connectionString)
  // The driver's error would contain the password. Several hosts, which the driver takes, may have a port each.
  .refine(url => URL.canParse(url.replaceAll(/:\d+,/g, ',')), connectionString)

/** Whether browsers send exactly this text as an `Origin` that no one in the network can impersonate. */
const isSecureOrigin = (text: string) =>
  /^https:\/\/[^*]+$|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(text) && URL.parse(text)?.origin === text

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** The environment variables that the server reads, with their constraints and defaults. */
export const Environment = z.object({
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_URL_UNPOOLED: databaseUrl.optional(),
  NUXT_DATABASE_POOL_SIZE: number(1, 1000).default(10),
  NUXT_DATABASE_PREPARE: flag.default(true),
  NUXT_DATABASE_TIMEOUT: number(1, 600).default(10),
  NUXT_DATABASE_LOCK_TIMEOUT: number(1, 600).default(2),
  NUXT_DATABASE_CONNECTION_LIFETIME: number(1, 86_400).default(30 * 60),
  NUXT_DATABASE_IDLE_TIMEOUT: number(1, 86_400).default(60),
  NUXT_DATA_DIR: z.string().default('.data'),
  NUXT_SIGNING_SECRET: secret.optional(),
  NUXT_PREVIOUS_SIGNING_SECRET: secret.optional(),
  NUXT_SESSION_COOKIE_SECURE: flag.optional(),
  NUXT_SESSION_COOKIE_SAME_SITE: z.enum(['lax', 'strict', 'none'], 'must be lax, strict or none').default('lax'),
  NUXT_ALLOWED_MODELS: list(
    model => ModelIdentifier.safeParse(model).success,
    'must be model identifiers such as google/gemma-2-27b-it, separated by commas',
  ).optional(),
  NUXT_ALLOWED_ORIGINS: list(
    isSecureOrigin,
    'must be origins such as https://app.example.com, without a path and separated by commas',
  ).default([]),
  NUXT_PUBLIC_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be a URL such as https://api.example.com' })
    .transform(url => url.replace(/\/+$/, ''))
    .optional(),
  NUXT_FILE_URL_LIFETIME: number(1, 604_800).default(defaultFileUrlLifetime),
  NUXT_MAX_BODY_BYTES: number(1024, 1_073_741_824).default(defaultMaxBodyBytes),
  NUXT_MAX_FILE_BYTES: number(1, 1_073_741_824).default(defaultMaxFileBytes),
  NUXT_MAX_TOTAL_BODY_BYTES: number(1024, 1_099_511_627_776).default(64 * mebibyte),
  NUXT_MAX_TOTAL_RESPONSE_BYTES: number(1024, 1_099_511_627_776).default(128 * mebibyte),
  NUXT_USER_CONCURRENCY: number(1, 1000).default(16),
  NUXT_USER_QUEUE_SIZE: number(0, 100_000).default(200),
  NUXT_USER_QUEUE_TIMEOUT: number(1, 600).default(10),
  NUXT_MAX_RESPONSES_PER_ADDRESS: number(1, 1_000_000).default(256),
  NUXT_HEADERS_TIMEOUT: number(1, 600).default(10),
  NUXT_BODY_TIMEOUT: number(1, 600).default(15),
  NUXT_SEND_TIMEOUT: number(1, 3600).default(30),
  NUXT_QUOTA_BYTES: number(1, Number.MAX_SAFE_INTEGER).default(10 * 1024 * mebibyte),
  NUXT_QUOTA_CHATS: number(1, Number.MAX_SAFE_INTEGER).default(1_000_000),
  NUXT_QUOTA_MESSAGES_PER_CHAT: number(1, Number.MAX_SAFE_INTEGER).default(1_000_000),
  NUXT_BCRYPT_COST: number(4, 15).default(12),
  NUXT_TRUSTED_PROXIES: number(0, 10).default(0),
  NUXT_LOGIN_LIMIT: number(1, 1_000_000).default(10),
  NUXT_LOGIN_ADDRESS_LIMIT: number(1, 1_000_000).default(100),
  NUXT_LOGIN_WINDOW: number(1, 86_400).default(15 * 60),
  NUXT_SIGN_UP_LIMIT: number(1, 1_000_000).default(60),
  NUXT_SIGN_UP_WINDOW: number(1, 86_400).default(60 * 60),
  NUXT_SHARE_PASSWORD_ADDRESS_LIMIT: number(1, 1_000_000).default(10),
  NUXT_SHARE_PASSWORD_LIMIT: number(1, 1_000_000).default(200),
  NUXT_SHARE_PASSWORD_WINDOW: number(1, 86_400).default(15 * 60),
  NUXT_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  NUXT_METRICS_PORT: number(0, 65_535).optional(),
  NUXT_METRICS_HOST: z.string().optional(),
  NITRO_CLUSTER_WORKERS: number(1, 1000).default(1),
  NUXT_SHUTDOWN_DELAY: number(0, 600).default(0),
  NUXT_SHUTDOWN_TIMEOUT: number(1, 600).default(4),
  HOST: z.string().optional(),
  PORT: number(0, 65_535).default(3000),
})
