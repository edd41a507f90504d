import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { runRateLimitQuery } from '#db/rate-limit-store'
import { useConfig, type RateLimitName } from '#server/runtime/config'
import { withDatabase } from '#server/runtime/database'
import { sign } from '#server/runtime/signing'
import { OverloadedError, TooManyAttemptsError } from './errors.ts'

/** A limit, and whom it applies to. */
export type Charge = [name: RateLimitName, ...subject: string[]]

/** The attempts that may wait to be counted at once, so that a flood of them leaves room in the database for others. */
const maxCounting = 200
let counting = 0

/**
 * Verifies a secret that somebody may be guessing. The attempt counts, on all instances, unless the secret turns out to
 * be right or is not verified. It is counted before, so that parallel attempts cannot exceed a limit.
 * @param charges the limits to charge, in order, up to the first that is exceeded
 * @returns whether the secret is right
 * @throws TooManyAttemptsError if a limit is exceeded
 * @throws OverloadedError if too many attempts are waiting to be counted
 */
export async function limitGuesses(charges: Charge[], verify: () => Promise<boolean>): Promise<boolean> {
  const undos: (() => Promise<void>)[] = []
  let isWrong = false
  try {
    for (const charge of charges) undos.push(await countAttempt(...charge))
    isWrong = !await verify()
    return !isWrong
  }
  finally {
    // An attempt that cannot be undone counts against its client only.
    if (!isWrong) await Promise.allSettled(undos.map(undo => undo()))
  }
}

/**
 * Counts an attempt, on all instances.
 * @returns a function that undoes it
 * @throws TooManyAttemptsError if the limit is exceeded
 * @throws OverloadedError if too many attempts are waiting to be counted
 */
export async function countAttempt(name: RateLimitName, ...subject: string[]): Promise<() => Promise<void>> {
  const limiter = limiterOf(name)
  const key = sign('rate-limit', name, ...subject)
  const undoUntil = (end: number) => async () => {
    // The next window has not counted it.
    if (Date.now() < end) await limiter.reward(key)
  }
  if (counting >= maxCounting) throw new OverloadedError()
  counting++
  try {
    const { msBeforeNext } = await limiter.consume(key)
    return undoUntil(Date.now() + msBeforeNext)
  }
  catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    // A refused attempt does not count, so that many right passwords at once are not taken for guesses. One that is
    // refused without a statement has not been counted.
    if (error.consumedPoints > 0) await undoUntil(Date.now() + error.msBeforeNext)()
    throw tooManyAttempts(name, error)
  }
  finally {
    counting--
  }
}

function tooManyAttempts(name: RateLimitName, { msBeforeNext }: RateLimiterRes): TooManyAttemptsError {
  return new TooManyAttemptsError(name, useConfig().rateLimits[name], Math.ceil(msBeforeNext / 1000))
}

const limiters = new Map<RateLimitName, RateLimiterPostgres>()

function limiterOf(name: RateLimitName): RateLimiterPostgres {
  const known = limiters.get(name)
  if (known) return known
  const { attempts, window } = useConfig().rateLimits[name]
  // Its store for drizzle loads drizzle-orm at run time, which the build has bundled.
  const limiter = new RateLimiterPostgres({
    storeClient: {
      query: (query: Parameters<typeof runRateLimitQuery>[1]) => withDatabase(db => runRateLimitQuery(db, query)),
    },
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: '',
    points: attempts,
    duration: window,
    // A flood of attempts at once is refused without a statement.
    inMemoryBlockOnConsumed: 10 * attempts,
    // One limiter removes the expired rows of all.
    clearExpiredByTimeout: limiters.size === 0,
  })
  limiters.set(name, limiter)
  return limiter
}
