import { join } from 'node:path'
import { z } from 'zod'
import type { Quotas } from '#db/repositories/usage'
import { ModelIdentifier } from '#server/contracts/kit/fields'
import {
  defaultFileUrlLifetime, defaultMaxBodyBytes, defaultMaxFileBytes, mebibyte, type ConfiguredLimits,
} from '#server/contracts/kit/limits'
import { readOrCreateSecret } from './signing-secret.ts'

const flag = z.enum(['true', 'false'], 'must be true or false').transform(value => value === 'true')

const number = (min: number, max: number) => z.string()
  .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
  .transform(Number)
  .refine(value => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

/** Values separated by commas. Spaces around them are ignored. */
const list = (isItem: (item: string) => boolean, error: string) => z.string()
  .transform(list => list.split(',').map(item => item.trim()))
  .refine(list => list.every(isItem), error)

const connectionString = 'must be a connection string such as postgres://user:password@host:5432/name'

const loopback = ['127.0.0.1', 'localhost', '::1']

/** Whether browsers send exactly this text as an `Origin` that no one in the network can impersonate. */
const isSecureOrigin = (text: string) =>
  /^https:\/\/[^*]+$|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(text) && URL.parse(text)?.origin === text

/** The environment variables that the server reads, with their constraints and defaults. */
const Environment = z.object({
  DATABASE_URL: z.string()
    .regex(/^postgres(ql)?:\/\/./, connectionString)
    // The driver's error would contain the password. Several hosts, which the driver takes, may have a port each.
    .refine(url => URL.canParse(url.replaceAll(/:\d+,/g, ',')), connectionString)
    .optional(),
  NUXT_DATABASE_POOL_SIZE: number(1, 1000).default(10),
  NUXT_DATABASE_PREPARE: flag.default(true),
  NUXT_DATABASE_TIMEOUT: number(1, 600).default(10),
  NUXT_DATABASE_LOCK_TIMEOUT: number(1, 600).default(2),
  NUXT_DATABASE_CONNECTION_LIFETIME: number(1, 86_400).default(30 * 60),
  NUXT_DATA_DIR: z.string().default('.data'),
  NUXT_SIGNING_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
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
  NITRO_CLUSTER_WORKERS: number(1, 1000).default(1),
  HOST: z.string().optional(),
  PORT: number(0, 65_535).default(3000),
})

export interface Config extends ConfiguredLimits {
  /** The address to listen on; undefined for all. */
  host?: string
  port: number
  /** Undefined for the embedded database. */
  databaseUrl?: string
  databasePoolSize: number
  databasePrepare: boolean
  /** Milliseconds. */
  databaseTimeout: number
  /** Milliseconds. */
  databaseLockTimeout: number
  /** Milliseconds. */
  databaseConnectionLifetime: number
  /** The directory of the embedded database and of its signing secret. */
  dataDir: string
  signingSecret: string
  sessionCookieSecure: boolean
  sessionCookieSameSite: 'lax' | 'strict' | 'none'
  /** The origins of other sites whose pages may use the API with the cookies of their users. */
  allowedOrigins: string[]
  /** The origins whose pages may change something: those above, and that of the public base URL. */
  trustedOrigins: string[]
  /** Without a trailing slash. If undefined, links start with the host of the request. */
  publicBaseUrl?: string
  /** Seconds. */
  fileUrlLifetime: number
  maxBodyBytes: number
  /** Bytes of all request bodies in memory; at least the maximum of one. */
  maxTotalBodyBytes: number
  /** Bytes of all responses in memory, or of the parts of them that are being sent. */
  maxTotalResponseBytes: number
  /** The requests of a user that run at a time, and those that wait for them. */
  userConcurrency: number
  userQueueSize: number
  /** Milliseconds that a request waits for others of its user. */
  userQueueTimeout: number
  /** The responses to an address that are under way at a time. */
  maxResponsesPerAddress: number
  /** Milliseconds for the headers of a request. */
  headersTimeout: number
  /** Milliseconds for each mebibyte of a request body. */
  bodyTimeout: number
  /** Milliseconds in which a client has to take some of what is sent to it. */
  sendTimeout: number
  quotas: Quotas
  bcryptCost: number
  /** The header that proxies append the address of their client to. */
  forwardedForHeader: 'x-forwarded-for' | 'x-vercel-forwarded-for'
  /** The number of proxies in front of the server that do so. */
  trustedProxies: number
  rateLimits: Record<RateLimitName, RateLimit>
}

/** What attempts are counted by. */
export type RateLimitName = 'login' | 'login-address' | 'sign-up' | 'share-password' | 'share-password-address'

/** The attempts that are allowed in a window of time. */
export interface RateLimit {
  attempts: number
  /** Seconds. */
  window: number
}

/** The configuration is invalid. Each line of the message names a variable and its constraint. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * Reads the configuration. An empty variable counts as not set.
 * @param dev whether this is `npm run dev`, which requires neither a secret nor https
 * @throws ConfigError
 */
export function readConfig(environment: NodeJS.ProcessEnv, { dev }: { dev: boolean }): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const { data: env, error } = Environment.safeParse(given)
  if (error) throw new ConfigError(error.issues.map(issue => `${String(issue.path[0])} ${issue.message}`).join('\n'))
  if (env.DATABASE_URL && !env.NUXT_SIGNING_SECRET && !given.NUXT_DATA_DIR && !dev) {
    throw new ConfigError('NUXT_SIGNING_SECRET must be set, to at least 32 random characters, if DATABASE_URL is set. '
      + 'Otherwise, NUXT_DATA_DIR must name a directory for it that all instances share')
  }
  if (!env.DATABASE_URL && env.NITRO_CLUSTER_WORKERS > 1 && !dev) {
    throw new ConfigError('DATABASE_URL must be set, or NITRO_CLUSTER_WORKERS must be 1: '
      + 'only one process can open the embedded database')
  }
  if (!env.DATABASE_URL && env.HOST && !loopback.includes(env.HOST)) {
    throw new ConfigError(`HOST must be one of ${loopback.join(', ')} if DATABASE_URL is not set: `
      + 'the embedded database is for this machine only')
  }
  const sessionCookieSecure = env.NUXT_SESSION_COOKIE_SECURE ?? !dev
  if (env.NUXT_SESSION_COOKIE_SAME_SITE === 'none' && !sessionCookieSecure) {
    throw new ConfigError('NUXT_SESSION_COOKIE_SECURE must be true if NUXT_SESSION_COOKIE_SAME_SITE is none: '
      + 'browsers reject such a cookie otherwise')
  }
  return {
    host: env.HOST ?? (env.DATABASE_URL ? undefined : '127.0.0.1'),
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.NUXT_DATABASE_POOL_SIZE,
    databasePrepare: env.NUXT_DATABASE_PREPARE,
    databaseTimeout: env.NUXT_DATABASE_TIMEOUT * 1000,
    databaseLockTimeout: env.NUXT_DATABASE_LOCK_TIMEOUT * 1000,
    databaseConnectionLifetime: env.NUXT_DATABASE_CONNECTION_LIFETIME * 1000,
    dataDir: env.NUXT_DATA_DIR,
    signingSecret: env.NUXT_SIGNING_SECRET ?? readOrCreateSecret(env.NUXT_DATA_DIR),
    sessionCookieSecure,
    sessionCookieSameSite: env.NUXT_SESSION_COOKIE_SAME_SITE,
    allowedModels: env.NUXT_ALLOWED_MODELS,
    allowedOrigins: env.NUXT_ALLOWED_ORIGINS,
    trustedOrigins: [
      ...env.NUXT_ALLOWED_ORIGINS, ...env.NUXT_PUBLIC_BASE_URL ? [new URL(env.NUXT_PUBLIC_BASE_URL).origin] : [],
    ],
    publicBaseUrl: env.NUXT_PUBLIC_BASE_URL,
    fileUrlLifetime: env.NUXT_FILE_URL_LIFETIME,
    maxBodyBytes: env.NUXT_MAX_BODY_BYTES,
    maxFileBytes: env.NUXT_MAX_FILE_BYTES,
    maxTotalBodyBytes: Math.max(env.NUXT_MAX_TOTAL_BODY_BYTES, env.NUXT_MAX_BODY_BYTES),
    maxTotalResponseBytes: env.NUXT_MAX_TOTAL_RESPONSE_BYTES,
    userConcurrency: env.NUXT_USER_CONCURRENCY,
    userQueueSize: env.NUXT_USER_QUEUE_SIZE,
    userQueueTimeout: env.NUXT_USER_QUEUE_TIMEOUT * 1000,
    maxResponsesPerAddress: env.NUXT_MAX_RESPONSES_PER_ADDRESS,
    headersTimeout: env.NUXT_HEADERS_TIMEOUT * 1000,
    bodyTimeout: env.NUXT_BODY_TIMEOUT * 1000,
    sendTimeout: env.NUXT_SEND_TIMEOUT * 1000,
    quotas: {
      bytes: env.NUXT_QUOTA_BYTES,
      chats: env.NUXT_QUOTA_CHATS,
      messagesPerChat: env.NUXT_QUOTA_MESSAGES_PER_CHAT,
    },
    bcryptCost: env.NUXT_BCRYPT_COST,
    // Vercel sets the variable, and the header.
    ...environment.VERCEL
      ? { forwardedForHeader: 'x-vercel-forwarded-for', trustedProxies: 1 }
      : { forwardedForHeader: 'x-forwarded-for', trustedProxies: env.NUXT_TRUSTED_PROXIES },
    rateLimits: {
      'login': { attempts: env.NUXT_LOGIN_LIMIT, window: env.NUXT_LOGIN_WINDOW },
      'login-address': { attempts: env.NUXT_LOGIN_ADDRESS_LIMIT, window: env.NUXT_LOGIN_WINDOW },
      'sign-up': { attempts: env.NUXT_SIGN_UP_LIMIT, window: env.NUXT_SIGN_UP_WINDOW },
      'share-password': { attempts: env.NUXT_SHARE_PASSWORD_LIMIT, window: env.NUXT_SHARE_PASSWORD_WINDOW },
      'share-password-address': {
        attempts: env.NUXT_SHARE_PASSWORD_ADDRESS_LIMIT, window: env.NUXT_SHARE_PASSWORD_WINDOW,
      },
    },
  }
}

/** The directory of the embedded database. Its name has the major version of PostgreSQL that can read it. */
export function embeddedDirectory({ dataDir }: Config): string {
  return join(dataDir, 'postgres-18')
}

let config: Config | undefined

/** The configuration of this process, read at the first call. */
export function useConfig(): Config {
  return config ??= readConfig(process.env, { dev: import.meta.dev === true })
}
