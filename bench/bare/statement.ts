/** A statement with named parameters, in the forms that the driver and pgbench need. */
export interface Statement {
  /** With parameters such as `:user`, as pgbench reads it. */
  named: string
  /** With parameters such as `$1`. */
  text: string
  /** The names of `$1`, `$2` and so on. */
  names: string[]
}

/** Parses a statement with parameters such as `:user`. */
export function statement(named: string): Statement {
  const names: string[] = []
  const text = named.replaceAll(/(?<!:):([a-z]+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  return { named, text, names }
}
