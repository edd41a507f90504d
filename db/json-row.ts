import type { SQL } from 'drizzle-orm'
import { PgColumn } from 'drizzle-orm/pg-core'
import { isLongText, jsonOfText } from './json-text.ts'
import type { Values } from './statement.ts'

/** A field of a JSON object to select. */
export interface Field<Name extends string = string> {
  name: Name
  /** The fields of the objects in a nested list. */
  fields?: Selection
}

/** The fields of a JSON object, in order: those that a contract names. */
export type Selection<Name extends string = string> = readonly Field<Name>[]

/** The links that rows can have, which only the server can sign. */
export interface Links {
  /** The link of a file by its id. */
  file: (id: string) => string
  /** The link of a share by its uuid. */
  share: (uuid: string) => string
}

/** How a reader gets rows: as JSON objects with these fields and links. */
export interface View<Name extends string = string> {
  select: Selection<Name>
  links: Links
}

/** The type of an expression that is not a column. */
type ExpressionType = 'text' | 'boolean' | 'time'

/** Where a field comes from: a column, an expression, a column to link to, or rows of another table. */
export type FieldSource
  = PgColumn
    | { expression: SQL, type: ExpressionType }
    | { linkTo: keyof Links, column: PgColumn }
    | 'children'

/** Writes the JSON of a value from the text that the database returned, in parts if it is long. */
type Encode = (text: string, links: Links) => string | string[]

/** The row of a statement: its columns as text, or null. */
export type TextRow = (string | null)[]

/** How to select rows and write them as JSON. */
export interface JsonRow {
  /** The columns to select. Fields with the same source share a column. */
  columns: (PgColumn | SQL)[]
  /**
   * Writes a row to the end of a list of rows, which are separated by commas. A short row is one part of the list.
   * @param first the position of the first of the columns
   * @param known the ids in the columns that are not selected, by name
   * @param children the list of the nested rows
   */
  write: (list: string[], row: TextRow, first: number, known: Values, links: Links, children?: string[]) => void
}

/**
 * Compiles a selection, so that what is the same for every row is decided once.
 * @param known the names of id columns that have the same value in all rows, and are not selected
 */
export function compileRow(
  select: Selection,
  sources: Record<string, FieldSource>,
  known: readonly string[] = [],
): JsonRow {
  const columns: (PgColumn | SQL)[] = []
  const encoders: Encode[] = []
  const positions = new Map<FieldSource, number>()
  const parts = select.map(({ name }, i) => {
    const source = sources[name]
    if (!source) throw new Error(`There is no source for the field ${name}.`)
    const before = `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`
    if (source === 'children') return { before, position: -1 }
    if (source instanceof PgColumn && known.includes(source.name)) return { before, position: -1, known: source.name }
    const position = positions.get(source) ?? columns.length
    if (position === columns.length) {
      columns.push(source instanceof PgColumn ? source : 'column' in source ? source.column : source.expression)
      encoders.push(encoderOf(source))
      positions.set(source, position)
    }
    return { before, position }
  })
  return {
    columns,
    write(list, row, first, values, links, children = []) {
      const texts: (string | string[])[] = []
      for (const encode of encoders) {
        const text = row[first + texts.length]!
        texts.push(text === null ? 'null' : encode(text, links))
      }
      let json = list.length > 0 ? ',' : ''
      for (const { before, position, known } of parts) {
        json += before
        if (position >= 0) json = addTo(list, json, texts[position]!)
        else if (known) json += String(values[known])
        else json = `${addTo(list, `${json}[`, children)}]`
      }
      list.push(`${json}}`)
    },
  }
}

function encoderOf(source: Exclude<FieldSource, 'children'>): Encode {
  if ('linkTo' in source) return (text, links) => JSON.stringify(links[source.linkTo](text))
  switch (source instanceof PgColumn ? source.dataType : source.type) {
    case 'number':
    case 'boolean': return text => text
    case 'date':
    case 'time': return text => `"${toIsoTime(text)}"`
    default: return writeText
  }
}

const writeText = (text: string): string | string[] => isLongText(text) ? [...jsonOfText(text)] : JSON.stringify(text)

/** Adds to the last part of a list, which becomes several parts if it would get long. Returns the last of them. */
function addTo(list: string[], part: string, added: string | string[]): string {
  if (typeof added === 'string') return part + added
  for (const piece of added) {
    part += piece
    if (!isLongText(part)) continue
    list.push(part)
    part = ''
  }
  return part
}

/** Converts `2026-11-21 09:30:00.5+00`, as PostgreSQL writes it, to `2026-11-21T09:30:00.500Z`. */
export function toIsoTime(text: string): string {
  const fraction = text.slice(20, -3)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.length === 3 ? fraction : fraction.padEnd(3, '0')}Z`
}
