import type { Sql, TransactionSql } from 'postgres'

/**
 * Makes a client prepare the statements that drizzle sends, including those inside transactions. drizzle ignores the
 * client's `prepare` option, so each statement would be parsed again and take a second round trip.
 *
 * Remove when https://github.com/drizzle-team/drizzle-orm/issues/6096 is fixed.
 */
export function prepareStatements<Client extends Sql | TransactionSql>(client: Client): Client {
  const send = client.unsafe.bind(client)
  client.unsafe = ((text, parameters, options) => send(text, parameters, { ...options, prepare: true })) as typeof send

  if ('begin' in client) {
    const begin = client.begin.bind(client)
    client.begin = ((scope: (tx: TransactionSql) => Promise<unknown>) =>
      begin(tx => scope(prepareStatements(tx)))) as typeof begin
  }
  else {
    const savepoint = client.savepoint.bind(client)
    client.savepoint = ((scope: (tx: TransactionSql) => Promise<unknown>) =>
      savepoint(tx => scope(prepareStatements(tx)))) as typeof savepoint
  }
  return client
}
