import { getTableName } from 'drizzle-orm'
import { notFound, SessionEndedError } from './errors.ts'
import { EventLoopTurn } from './event-loop-turn.ts'
import type { Selection, TextRow, View } from './json-row.ts'
import { charactersIn } from './json-text.ts'
import { pageValues, type Filter, type KeyValue, type Page } from './keyset.ts'
import { inLongReadQueue, noteLength, wasLong } from './long-reads.ts'
import { buildRead, headAt, kinds, type ReadStatement } from './read-statement.ts'
import type { Rows } from './rows.ts'
import { maxShortReadBytes, rowOverhead } from './rules.ts'
import { executorOf, recordUse, SessionReader, type Reader } from './session-reader.ts'
import { runText, sharesReads, type Values } from './statement.ts'
import type { Versioned } from './versions.ts'

/** One page of a list. */
export interface JsonPage {
  /** The rows as JSON objects, separated by commas, in parts that are sent one after another. */
  parts: string[]
  /** The cursor of the next page; undefined for the last one. */
  next?: KeyValue[]
  /** The number of rows up to the limit, including those that are left to the next page because they are large. */
  found: number
}

/** JSON that has been written already, in parts that are sent one after another. */
export class Json {
  readonly parts: readonly string[]
  /** What identifies the state of the row, if it is a single one with a version. */
  readonly versioned: Versioned | undefined
  constructor(parts: readonly string[], versioned?: Versioned) {
    this.parts = parts
    this.versioned = versioned
  }

  /** The list of the rows of a page. */
  static list({ parts }: JsonPage): Json {
    return new Json(['[', ...parts, ']'])
  }
}

/**
 * Reads one page of a list. If the rows are large, it may have fewer than the limit, but at least one. All of them come
 * from one statement. If a short read on the shared connection leaves out something, a second one reads the page on the
 * pool instead.
 * @param values of placeholders that are not in the filter
 * @throws NotFoundError if what the rows belong to does not exist
 * @throws SessionEndedError if the session of the reader has ended
 */
export async function readPage<Name extends string>(
  reader: Reader,
  rows: Rows<Name>,
  filter: Filter,
  { view, limit, ...page }: Page & { view: View<NoInfer<Name>> },
  values?: Values,
): Promise<JsonPage> {
  const readInFull = async () => (await tryToRead(false))!
  if (!sharesReads(executorOf(reader)) || isRare(page)) return readInFull()
  const name = `${getTableName(rows.table)} ${limit} ${Object.values(filter).join()}`
  const short = page.isFurther || wasLong(name) ? undefined : await tryToRead(true)
  if (short) return short
  const long = await inLongReadQueue(readInFull, page.assertAwaited)
  if (!page.isFurther) noteLength(name, charactersIn(long.parts) >= maxShortReadBytes)
  return long

  /** Returns undefined if a short read leaves out something. */
  async function tryToRead(isShort: boolean): Promise<JsonPage | undefined> {
    const read = readOf(reader, rows, view.select, filter, page, isShort)
    const all = { ...pageValues(filter, page), ...values, limit: limit + 1 }
    const result = await run(reader, read, all, !isShort)
    if (!result.exists) notFound(rows.parent!.resource)
    const count = Math.max(result.rows.length, result.rowCount)
    if (isShort && (result.rows.length < count || result.lastParent !== undefined)) return undefined
    const kept = result.rows.slice(0, rowsThatFit(read, result, limit))
    const next = kept.length < count ? read.cursorOf(kept.at(-1)!) : undefined
    return { parts: await write(read, result, kept, filter, view), next, found: Math.min(count, limit) }
  }
}

/**
 * Reads one row.
 * @returns undefined if it does not exist
 * @throws NotFoundError if what it belongs to does not exist
 * @throws SessionEndedError if the session of the reader has ended
 */
export async function readRow<Name extends string>(
  reader: Reader,
  rows: Rows<Name>,
  filter: Filter,
  view: View<NoInfer<Name>>,
): Promise<Json | undefined> {
  const read = readOf(reader, rows, view.select, filter)
  const result = await run(reader, read, pageValues(filter, {}), !!read.child)
  if (!result.exists) notFound(rows.parent!.resource)
  const [row] = result.rows
  return row && new Json(await write(read, result, [row], filter, view), read.versionedOf?.(row))
}

/** The statements built so far, by what they select and by their form. */
const statements = new WeakMap<Rows, WeakMap<Selection, Map<string, ReadStatement>>>()

/** The statement for a request. It is built at the first request of the same form. */
function readOf(
  reader: Reader,
  rows: Rows,
  select: Selection,
  filter: Filter,
  page?: Pick<Page, 'order' | 'after'>,
  isShort = false,
): ReadStatement {
  const isBySession = reader instanceof SessionReader
  if (page && isRare(page)) {
    const read = buildRead(rows, select, filter, page, isBySession, isShort)
    return { ...read, statement: { ...read.statement, isUnprepared: true } }
  }
  const bySelection = getOrAdd(statements, rows, () => new WeakMap<Selection, Map<string, ReadStatement>>())
  const byForm = getOrAdd(bySelection, select, () => new Map<string, ReadStatement>())
  const form = `${isBySession ? 'session ' : ''}${isShort ? 'short ' : ''}${formOf(filter, page)}`
  return getOrAdd(byForm, form, () => buildRead(rows, select, filter, page, isBySession, isShort))
}

/**
 * Whether a page is in an order by several columns. There are thousands of them, and their statements would fill the
 * memory of every connection if they stayed prepared.
 */
const isRare = ({ order }: Pick<Page, 'order'>) => order.length > 2

/** What the statement for a request depends on: its filters, its order, and whether it has a cursor. */
function formOf(filter: Filter, page?: Pick<Page, 'order' | 'after'>): string {
  let form = page?.after ? 'after' : ''
  for (const name in filter) {
    const wanted = filter[name]
    if (wanted !== undefined) form += `${wanted === null ? ' no' : Array.isArray(wanted) ? ' any' : ''} ${name}`
  }
  for (const { column, direction } of page?.order ?? []) form += ` ${column} ${direction}`
  return form
}

function getOrAdd<Key, Value>(
  map: { get: (key: Key) => Value | undefined, set: (key: Key, value: Value) => unknown },
  key: Key,
  create: () => Value,
): Value {
  const known = map.get(key)
  if (known) return known
  const created = create()
  map.set(key, created)
  return created
}

interface Result {
  /** Whether what the rows belong to exists. */
  exists: boolean
  rows: TextRow[]
  /** The children of each row, by its id. */
  children: Map<string, TextRow[]>
  /** The number of rows, including those that the statement left out; 0 if it leaves out none. */
  rowCount: number
  /** The id of the row that the last child belongs to, if children after it may have been left out. */
  lastParent?: string
}

/** Runs a read. */
async function run(reader: Reader, read: ReadStatement, values: Values, isLong: boolean): Promise<Result> {
  const result: Result = { exists: true, rows: [], children: new Map(), rowCount: 0 }
  let head: TextRow | undefined
  let parent: string | undefined
  let childBytes = 0
  const key = reader instanceof SessionReader ? reader.key : undefined
  const all = key ? { ...values, token_hash: key.tokenHash } : values
  for (const cells of await runText(executorOf(reader), read.statement, all, isLong)) {
    const [kind] = cells
    if (kind === kinds.row) {
      result.rows.push(cells)
    }
    else if (kind === kinds.child) {
      parent = cells[1]!
      // At least as many as the statement has counted.
      childBytes += cells.reduce((sum, cell) => sum + Buffer.byteLength(cell ?? ''), rowOverhead)
      getOrAdd(result.children, parent, (): TextRow[] => []).push(cells)
    }
    else {
      head = cells
      result.rowCount = Number(cells[headAt.rowCount])
      result.exists = cells[headAt.exists] === 'true'
    }
  }
  if (key && !head) throw new SessionEndedError()
  if (key && head?.[headAt.isUseDue] === 'true') await recordUse(executorOf(reader), key)
  if (childBytes >= read.maxBytes) result.lastParent = parent
  return result
}

/** The number of rows to return: within the limit, and with all of their children. */
function rowsThatFit({ idAt }: ReadStatement, { rows, lastParent }: Result, limit: number): number {
  const incomplete = lastParent === undefined ? -1 : rows.findIndex(cells => cells[idAt] === lastParent)
  return Math.min(limit, incomplete < 0 ? rows.length : Math.max(1, incomplete))
}

/** Writes rows as JSON objects, separated by commas, in parts. */
async function write(
  { row, child, idAt }: ReadStatement,
  { children }: Result,
  rows: TextRow[],
  known: Values,
  { links }: View,
): Promise<string[]> {
  const list: string[] = []
  const turn = new EventLoopTurn()
  let written = 0
  /** The children of the next row, and how many of them have been written. */
  let nested: string[] = []
  let nestedCount = 0
  for (writeSome(); written < rows.length; writeSome()) await turn.next()
  return list

  /** Writes as many as fit one turn. */
  function writeSome(): void {
    while (written < rows.length) {
      const cells = rows[written]!
      const ofRow = child && children.get(cells[idAt]!)
      while (ofRow && nestedCount < ofRow.length) {
        const start = nested.length
        child.write(nested, ofRow[nestedCount++]!, 2, known, links)
        if (turn.isOver(charactersIn(nested, start))) return
      }
      const start = list.length
      row.write(list, cells, 1, known, links, nested)
      written++
      if (nestedCount > 0) [nested, nestedCount] = [[], 0]
      if (turn.isOver(charactersIn(list, start) + rowOverhead)) return
    }
  }
}
