/** The result of a request and its response. */
export interface WithResponse<T> {
  data: T
  /** For its status and headers, such as the `ETag`. */
  response: Response
}

/** What the handlers of rejections get from every promise. */
export type Reason = Parameters<NonNullable<Parameters<Promise<unknown>['catch']>[0]>>[0]

/** The parts of a promise that follow from `then`. */
export abstract class Thenable<T> implements Promise<T> {
  readonly [Symbol.toStringTag]: string = 'Promise'

  abstract then<Result = T, Failure = never>(
    onFulfilled?: ((value: T) => Result | PromiseLike<Result>) | null,
    onRejected?: ((reason: Reason) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure>

  catch<Failure = never>(
    onRejected?: ((reason: Reason) => Failure | PromiseLike<Failure>) | null,
  ): Promise<T | Failure> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onFinally)
  }
}

/** A promise of the result of a request, which also gives access to the response. */
export class ApiPromise<T> extends Thenable<T> {
  readonly #sent: Promise<WithResponse<T>>

  constructor(sent: Promise<WithResponse<T>>) {
    super()
    this.#sent = sent
  }

  then<Result = T, Failure = never>(
    onFulfilled?: ((value: T) => Result | PromiseLike<Result>) | null,
    onRejected?: ((reason: Reason) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.#sent.then(({ data }) => data).then(onFulfilled, onRejected)
  }

  /** The result with the response. */
  withResponse(): Promise<WithResponse<T>> {
    return this.#sent
  }
}
