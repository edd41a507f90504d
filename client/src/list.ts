import { Thenable, type ApiPromise, type Reason } from './api-promise.ts'

/** A page of a list. */
export interface Page<T> {
  items: T[]
  /** The `cursor` of the next page; undefined on the last one. */
  nextCursor: string | undefined
}

interface PagingQuery {
  limit?: number
  cursor?: string
}

/**
 * A list, which requests nothing until it is used. As a promise, it resolves to what a single response has: the whole
 * list, or with `limit` a page. As an async iterable, it has all rows, and requests them page by page.
 */
export class List<T> extends Thenable<T[]> implements AsyncIterable<T> {
  readonly #request: (query: PagingQuery) => ApiPromise<Page<T>>
  readonly #query: PagingQuery
  readonly #paged: PagingQuery
  #rows: Promise<T[]> | undefined

  constructor(request: (query: PagingQuery) => ApiPromise<Page<T>>, query: PagingQuery, maxLimit: number) {
    super()
    this.#request = request
    this.#query = { ...query }
    this.#paged = { ...query, limit: query.limit ?? maxLimit }
  }

  then<Result = T[], Failure = never>(
    onFulfilled?: ((value: T[]) => Result | PromiseLike<Result>) | null,
    onRejected?: ((reason: Reason) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    this.#rows ??= this.#request(this.#query).then(({ items }) => items)
    return this.#rows.then(onFulfilled, onRejected)
  }

  /** A single page. Without a `limit`, it has as many rows as a page can have. */
  page(): ApiPromise<Page<T>> {
    return this.#request(this.#paged)
  }

  /** All pages, one after the other. */
  async* pages(): AsyncGenerator<Page<T>, void, undefined> {
    let { cursor } = this.#query
    do {
      const page = await this.#request({ ...this.#paged, cursor })
      yield page
      cursor = page.nextCursor
    } while (cursor !== undefined)
  }

  async* [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const { items } of this.pages()) yield* items
  }
}
