import { join } from 'node:path'
import { z } from 'zod'
import { ModelIdentifier } from '#server/contracts/kit/fields'
import {
  defaultFileUrlLifetime, defaultMaxBodyBytes, defaultMaxFileBytes, type ConfiguredLimits,
} from '#server/contracts/kit/limits'
import { readOrCreateSecret } from './signing-secret.ts'

const flag = z.enum(['true', 'false'], 'must be true or false').transform(value => value === 'true')

const number = (min: number, max: number) => z.string()
  .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
  .transform(Number)
  .refine(value => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

const loopback = ['127.0.0.1', 'localhost', '::1']

/** The environment variables that the server reads, with their constraints and defaults. */
const Environment = z.object({
  DATABASE_URL: z.string()
    .regex(/^postgres(ql)?:\/\/./, 'must be a connection string such as postgres://user:password@host:5432/name')
    .optional(),
  NUXT_DATABASE_POOL_SIZE: number(1, 1000).default(10),
  NUXT_DATABASE_PREPARE: flag.default(true),
  NUXT_DATABASE_TIMEOUT: number(1, 600).default(10),
  NUXT_DATA_DIR: z.string().default('.data'),
  NUXT_SIGNING_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  NUXT_SESSION_COOKIE_SECURE: flag.optional(),
  NUXT_ALLOWED_MODELS: z.string()
    .transform(list => list.split(',').map(model => model.trim()))
    .refine(
      list => list.every(model => ModelIdentifier.safeParse(model).success),
      'must be model identifiers such as google/gemma-2-27b-it, separated by commas',
    )
    .optional(),
  NUXT_PUBLIC_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be a URL such as https://api.example.com' })
    .transform(url => url.replace(/\/+$/, ''))
    .optional(),
  NUXT_FILE_URL_LIFETIME: number(1, 604_800).default(defaultFileUrlLifetime),
  NUXT_MAX_BODY_BYTES: number(1024, 1_073_741_824).default(defaultMaxBodyBytes),
  NUXT_MAX_FILE_BYTES: number(1, 1_073_741_824).default(defaultMaxFileBytes),
  NUXT_BCRYPT_COST: number(4, 15).default(12),
  NITRO_CLUSTER_WORKERS: number(1, 1000).default(1),
  HOST: z.string().optional(),
  PORT: number(0, 65_535).optional(),
})

export interface Config extends ConfiguredLimits {
  /** Undefined for the embedded database. */
  databaseUrl?: string
  databasePoolSize: number
  databasePrepare: boolean
  /** Milliseconds. */
  databaseTimeout: number
  /** The directory of the embedded database and of its signing secret. */
  dataDir: string
  signingSecret: string
  sessionCookieSecure: boolean
  /** Without a trailing slash. If undefined, links start with the host of the request. */
  publicBaseUrl?: string
  /** Seconds. */
  fileUrlLifetime: number
  maxBodyBytes: number
  bcryptCost: number
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
  if (env.DATABASE_URL && !env.NUXT_SIGNING_SECRET && !dev)
    throw new ConfigError('NUXT_SIGNING_SECRET must be set, to at least 32 random characters, if DATABASE_URL is set')
  if (!env.DATABASE_URL && env.NITRO_CLUSTER_WORKERS > 1 && !dev) {
    throw new ConfigError('DATABASE_URL must be set, or NITRO_CLUSTER_WORKERS must be 1: '
      + 'only one process can open the embedded database')
  }
  if (!env.DATABASE_URL && env.HOST && !loopback.includes(env.HOST)) {
    throw new ConfigError(`HOST must be one of ${loopback.join(', ')} if DATABASE_URL is not set: `
      + 'the embedded database is for this machine only')
  }
  return {
    databaseUrl: env.DATABASE_URL,
    databasePoolSize: env.NUXT_DATABASE_POOL_SIZE,
    databasePrepare: env.NUXT_DATABASE_PREPARE,
    databaseTimeout: env.NUXT_DATABASE_TIMEOUT * 1000,
    dataDir: env.NUXT_DATA_DIR,
    signingSecret: env.NUXT_SIGNING_SECRET ?? readOrCreateSecret(env.NUXT_DATA_DIR),
    sessionCookieSecure: env.NUXT_SESSION_COOKIE_SECURE ?? !dev,
    allowedModels: env.NUXT_ALLOWED_MODELS,
    publicBaseUrl: env.NUXT_PUBLIC_BASE_URL,
    fileUrlLifetime: env.NUXT_FILE_URL_LIFETIME,
    maxBodyBytes: env.NUXT_MAX_BODY_BYTES,
    maxFileBytes: env.NUXT_MAX_FILE_BYTES,
    bcryptCost: env.NUXT_BCRYPT_COST,
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
