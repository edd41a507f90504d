/** The names of the cookies that endpoints set and read. */
export const sessionCookie = 'neptun-session'
export const unlockCookie = 'neptun-unlock'
