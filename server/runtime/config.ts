import { join } from 'node:path'
import type { Quotas } from '#db/repositories/usage'
import type { ConfiguredLimits } from '#server/contracts/kit/limits'
import { Environment } from './environment.ts'
import { defaultsOnVercel, isOnVercel } from './vercel.ts'

const loopback = ['127.0.0.1', 'localhost', '::1']

export interface Config extends ConfiguredLimits {
  /** The address to listen on; undefined for all. */
  host?: string
  port: number
  /** Where metrics are served, if at all. */
  metricsHost?: string
  metricsPort?: number
  /** Undefined for the embedded database. */
  databaseUrl?: string
  /** For migrations, which a pooler would break. The same as above, unless that leads to a pooler. */
  directDatabaseUrl?: string
  databasePoolSize: number
  databasePrepare: boolean
  /** Milliseconds. */
  databaseTimeout: number
  /** Milliseconds. */
  databaseLockTimeout: number
  /** Milliseconds. */
  databaseConnectionLifetime: number
  /** Milliseconds without use after which a connection is closed. */
  databaseIdleTimeout: number
  /** The directory of the embedded database and of its signing secret. */
  dataDir: string
  /** Undefined for the one that is generated and kept in `dataDir`. */
  signingSecret?: string
  /** Signed with until the secret was replaced, and still accepted. */
  previousSigningSecret?: string
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
  /** Milliseconds after SIGTERM in which the server still accepts connections, but is not ready. */
  shutdownDelay: number
  /** Milliseconds that requests in flight may then take. */
  shutdownTimeout: number
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
  const onVercel = isOnVercel(environment)
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const { data: env, error } = Environment.safeParse({ ...onVercel && defaultsOnVercel, ...given })
  if (error) throw new ConfigError(error.issues.map(issue => `${String(issue.path[0])} ${issue.message}`).join('\n'))
  if (!env.DATABASE_URL && onVercel)
    throw new ConfigError('DATABASE_URL must be set on Vercel: the embedded database needs a disk')
  if (env.DATABASE_URL && !env.NUXT_SIGNING_SECRET && (!given.NUXT_DATA_DIR || onVercel) && !dev) {
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
  const host = env.HOST ?? (env.DATABASE_URL ? undefined : '127.0.0.1')
  const sessionCookieSecure = env.NUXT_SESSION_COOKIE_SECURE ?? !dev
  if (env.NUXT_SESSION_COOKIE_SAME_SITE === 'none' && !sessionCookieSecure) {
    throw new ConfigError('NUXT_SESSION_COOKIE_SECURE must be true if NUXT_SESSION_COOKIE_SAME_SITE is none: '
      + 'browsers reject such a cookie otherwise')
  }
  return {
    host,
    port: env.PORT,
    metricsHost: env.NUXT_METRICS_HOST ?? host,
    metricsPort: env.NUXT_METRICS_PORT,
    databaseUrl: env.DATABASE_URL,
    directDatabaseUrl: env.DATABASE_URL && (env.DATABASE_URL_UNPOOLED ?? env.DATABASE_URL),
    databasePoolSize: env.NUXT_DATABASE_POOL_SIZE,
    databasePrepare: env.NUXT_DATABASE_PREPARE,
    databaseTimeout: env.NUXT_DATABASE_TIMEOUT * 1000,
    databaseLockTimeout: env.NUXT_DATABASE_LOCK_TIMEOUT * 1000,
    databaseConnectionLifetime: env.NUXT_DATABASE_CONNECTION_LIFETIME * 1000,
    databaseIdleTimeout: env.NUXT_DATABASE_IDLE_TIMEOUT * 1000,
    dataDir: env.NUXT_DATA_DIR,
    signingSecret: env.NUXT_SIGNING_SECRET,
    previousSigningSecret: env.NUXT_PREVIOUS_SIGNING_SECRET,
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
    // A header that Vercel sets.
    ...onVercel
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
    shutdownDelay: env.NUXT_SHUTDOWN_DELAY * 1000,
    shutdownTimeout: env.NUXT_SHUTDOWN_TIMEOUT * 1000,
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
