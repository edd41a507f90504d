import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { compileRow, toIsoTime, type JsonRow, type Selection, type TextRow } from './json-row.ts'
import { orderTerms, pageCondition, type Filter, type KeyValue, type Page } from './keyset.ts'
import type { Rows } from './rows.ts'
import { maxPageBytes, maxShortReadBytes } from './rules.ts'
import { hasSession, withSession } from './session-reader.ts'
import { buildStatement, value, type Statement } from './statement.ts'
import type { Versioned } from './versions.ts'

/** The kind of a row of a result, in its first column. */
export const kinds = { head: 'h', row: 'r', child: 'c' } as const

/** The columns of a head after its kind, by their positions. */
export const headAt = { rowCount: 1, exists: 2, isUseDue: 3 } as const

/**
 * A statement that reads rows with everything that belongs to them. Each row of its result starts with its kind:
 * - a head, if the rows are read through a session, have a parent, or have a limit in bytes: the number of rows,
 *   including those that are left out, if it is not that of the result; whether the parent exists; whether the use of
 *   the session has to be recorded. It is missing if the session has ended
 * - rows, in order
 * - children, in the order of their rows and by id: the id of the row, then their own columns
 *
 * Rows after the one that exceeds `maxPageBytes` of text are left out, and so are children, unless they belong to the
 * first row. A short read has a limit of `maxShortReadBytes` instead, which a row may not exceed either, and leaves out
 * children of the first row as well.
 */
export interface ReadStatement {
  statement: Statement
  /** The bytes of text in the children from which on some may have been left out. */
  maxBytes: number
  row: JsonRow
  child?: JsonRow
  /** The position of a row's id in the result. */
  idAt: number
  /** The id and the version of a single row, if it has one. */
  versionedOf?: (row: TextRow) => Versioned
  /** The cursor of a row. */
  cursorOf: (row: TextRow) => KeyValue[]
}

/**
 * Builds the statement for a page, or without one for a single row.
 * @param isBySession whether it reads only if there is a live session
 * @param isShort whether it is a short read
 */
export function buildRead(
  rows: Rows,
  select: Selection,
  filter: Filter,
  page: Pick<Page, 'order' | 'after'> | undefined,
  isBySession: boolean,
  isShort: boolean,
): ReadStatement {
  const known = Object.keys(filter).filter(name => typeof filter[name] === 'number')
  const row = compileRow(select, rows.fields, known)
  const columns = [...row.columns]
  const positionOf = (column: PgColumn | SQL) =>
    columns.includes(column) ? columns.indexOf(column) : columns.push(column) - 1
  const nested = select.find(({ name }) => rows.fields[name] === 'children')
  const child = nested && compileRow(nested.fields!, rows.children!.fields, rows.children!.shared)
  const tableColumns = getTableColumns(rows.table)
  const order = page?.order.map(({ column }) => tableColumns[column]!) ?? []
  const cursorAt = order.map(positionOf)
  const idAt = positionOf(rows.table.id)
  const versionAt = page || !rows.version ? undefined : positionOf(rows.version)

  const maxBytes = isShort ? maxShortReadBytes : maxPageBytes
  const isWithinLimit = sql`bytes_counted < ${sql.raw(`${maxBytes}`)}`
  // A short read leaves out a large row even if it is the first one.
  const bytesCounted = isShort ? bytesUpTo : bytesBefore
  const isBounded = !!page && !!rows.bytes
  const needsPage = !!rows.parent || isBounded || !!child
  const width = Math.max(columns.length, child ? child.columns.length + 1 : 0, Object.keys(headAt).length)
  const where = and(pageCondition(rows.table, filter, page), rows.only, isBySession ? hasSession : undefined)
  const end = page ? sql` order by ${orderTerms(rows.table, page.order)} limit ${value('limit')}` : sql``
  const from = sql`from ${rows.from ?? rows.table} where ${where}${end}`

  return {
    statement: buildStatement(query()),
    maxBytes,
    row,
    child,
    idAt: idAt + 1,
    versionedOf: versionAt === undefined
      ? undefined
      : cells => ({ id: Number(cells[idAt + 1]), version: Number(cells[versionAt + 1]) }),
    cursorOf: cells => order.map((column, i) => keyValueOf(column, cells[cursorAt[i]! + 1]!)),
  }

  function query(): SQL {
    const found = needsPage
      ? sql`select ${cells(kinds.row, columns.map((_, i) => asText(name(i))), width)} from page
        ${isBounded ? sql`where ${isWithinLimit}` : sql``}`
      : sql`select ${cells(kinds.row, columns.map(asText), width)} ${from}`
    const sources = isBySession ? [withSession] : []
    if (needsPage) sources.push(sql`page as materialized (${pageQuery()})`)
    if (sources.length === 0) return found
    const parts = [head(), found, ...child ? [childQuery(child)] : []].map(part => sql`(${part})`)
    return sql`with ${list(sources)} ${sql.join(parts, sql` union all `)}`
  }

  function pageQuery(): SQL {
    const named = columns.map((column, i) => sql`${column} as ${name(i)}`)
    if (isBounded) named.push(sql`${bytesCounted(rows.bytes!, orderTerms(rows.table, page.order))} as bytes_counted`)
    return sql`select ${list(named)} ${from}`
  }

  function head(): SQL {
    const rowCount = needsPage ? sql`(select count(*) from page)` : sql`null`
    const exists = rows.parent ? sql`exists (${rows.parent.exists})` : sql`true`
    const isUseDue = isBySession ? sql`is_use_due` : sql`false`
    const source = isBySession ? sql` from session` : sql``
    return sql`select ${cells(kinds.head, [rowCount, exists, isUseDue].map(asText), width)}${source}`
  }

  /** The children of the rows of the page. */
  function childQuery(child: JsonRow): SQL {
    const { table, parentId, shared, joins, bytes } = rows.children!
    const isAscending = page?.order[0]!.direction !== 'desc'
    const id = name(idAt)
    const first = sql`(select ${isAscending ? sql`min` : sql`max`}(${id}) from page)`
    const only = and(...shared.map(name => eq(getTableColumns<PgTable>(table)[name]!, value(name))))
    const order = sql`${parentId}${isAscending ? sql`` : sql` desc`}, ${table.id}`
    return sql`
      select ${cells(kinds.child, [parentId, ...child.columns].map(asText), width)}
      from (
        select *, ${bytesBefore(bytes, order)} as bytes_counted
        from ${table}
        where ${only} and ${parentId} between (select min(${id}) from page) and (select max(${id}) from page)
          and ${parentId} in (select ${id} from page)
      ) as ${table} ${joins}
      where ${isWithinLimit} ${isShort ? sql`` : sql`or ${parentId} = ${first}`}
      order by ${order}`
  }
}

const bytesUpTo = (bytes: SQL, order: SQL): SQL => sql`sum(${bytes}) over (order by ${order} rows unbounded preceding)`

const bytesBefore = (bytes: SQL, order: SQL): SQL => sql`${bytesUpTo(bytes, order)} - (${bytes})`

/** The name of a column of the page. */
const name = (position: number): SQL => sql`${sql.identifier(`c${position}`)}`

const asText = (column: SQL | PgColumn): SQL => sql`(${column})::text`

const list = (parts: (SQL | PgColumn)[]): SQL => sql.join(parts, sql`, `)

/** The kind and the columns of a row of the result, up to the width of the others. */
function cells(kind: string, columns: SQL[], width: number): SQL {
  const missing = Array.from({ length: width - columns.length }, () => sql`null::text`)
  return list([sql.raw(`'${kind}'`), ...columns, ...missing])
}

function keyValueOf(column: PgColumn, text: string): KeyValue {
  return column.dataType === 'number' ? Number(text) : column.dataType === 'date' ? toIsoTime(text) : text
}
