/** Public credentials, so only for a database without other accounts. */
export const demoAccount = { email: 'demo@example.com', password: 'look-around-neptun' }
