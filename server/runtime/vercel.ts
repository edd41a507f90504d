/**
 * Whether this is a function on Vercel, or the build of one. The variable is set during builds, and in functions unless
 * the project hides the variables of the system.
 */
export const isOnVercel = (environment: NodeJS.ProcessEnv): boolean =>
  !!environment.VERCEL || import.meta.preset === 'vercel'

/**
 * Defaults that differ on Vercel. Instances are many, and are suspended between requests: each has few connections, and
 * closes them soon. Vercel refuses bodies of more than 4.5 MB with an error of its own.
 */
export const defaultsOnVercel = {
  NUXT_DATABASE_POOL_SIZE: '3',
  NUXT_DATABASE_IDLE_TIMEOUT: '5',
  NUXT_MAX_BODY_BYTES: String(4.25 * 1024 * 1024),
}
