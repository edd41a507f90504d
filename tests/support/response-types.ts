import type { Schemas } from '#client/index'
import type { operations, paths } from '#client/schema'

/** A documented error; `shareInfo` is set where a share refuses access. */
export type ErrorBody = Schemas['Error'] & { data: Partial<Schemas['ShareRefusal']['data']> }

export type OperationId = keyof operations

/**
 * The documented body of a successful response: of the named operation, or else of the endpoint at `Path`. It is
 * `unknown` if the path is a plain `string` or matches no endpoint; a test that reads such a body names the operation:
 * `ada.get<'listChats'>(path)`.
 */
export type BodyOf<Id extends OperationId, Method extends string, Path extends string>
  = [Id] extends [never] ? BodyAt<Method, Path> : OperationBody<Id>

export type OperationBody<Id extends OperationId> = SuccessBody<operations[Id]>

type SuccessBody<Operation extends { responses: unknown }>
  = WithAllFields<JsonIn<Operation['responses'][keyof Operation['responses'] & (200 | 201)]>>
type JsonIn<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : unknown

/**
 * A body with several forms, such as `{ chatMessage } | { chatMessages }`, with the fields of all of them: the request
 * determines the form, so tests need not narrow it.
 */
type WithAllFields<Body>
  = unknown extends Body ? Body
    : [Body] extends [object] ? { [Field in FieldOf<Body>]: ValueOf<Body, Field> }
        : [Body] extends [object | null] ? WithAllFields<NonNullable<Body>> | null
            : Body
type FieldOf<Body> = Body extends unknown ? keyof Body : never
type ValueOf<Body, Field> = Body extends unknown ? Field extends keyof Body ? Body[Field] : never : never

type BodyAt<Method extends string, Path extends string>
  = Lowercase<Method> extends infer Verb extends keyof Bodies
    ? TemplateOf<WithoutQuery<Path>> extends infer Template extends keyof Bodies[Verb]
      ? Bodies[Verb][Template]
      : unknown
    : unknown

/** All documented bodies, by method and by path, with `{}` for each parameter: `/api/users/{}/chats`. */
type Bodies = {
  [Verb in 'get' | 'post' | 'patch' | 'delete']: {
    [Path in keyof paths as paths[Path][Verb] extends { responses: unknown } ? WithoutNames<Path> : never]:
    paths[Path][Verb] extends { responses: unknown } ? SuccessBody<paths[Path][Verb]> : never
  }
}

/** A documented path without the names of its parameters. */
type WithoutNames<Path extends string>
  = Path extends `${infer Start}{${string}}${infer Rest}` ? `${Start}{}${WithoutNames<Rest>}` : Path

type WithoutQuery<Path extends string> = Path extends `${infer Before}?${string}` ? Before : Path

/** The path of a request, with `{}` for each segment that is a parameter. */
type TemplateOf<Path extends string>
  = Path extends `/${infer Segment}/${infer Rest}`
    ? `/${Segment extends FixedSegment ? Segment : '{}'}${TemplateOf<`/${Rest}`>}`
    : Path extends `/${infer Segment}` ? `/${LastSegment<Segment>}` : ''

/** The documented segments that are not parameters: `api`, `users`, `chats`, … */
type FixedSegment = Exclude<SegmentsOf<keyof paths>, `{${string}}`>
type SegmentsOf<Path extends string>
  = Path extends `/${infer Segment}/${infer Rest}` ? Segment | SegmentsOf<`/${Rest}`>
    : Path extends `/${infer Segment}` ? Segment : never

/** The last segment. A fixed segment may be followed by a `string`, which can only be a query: `chats${string}`. */
type LastSegment<Segment extends string>
  = Segment extends FixedSegment ? Segment
    : [FixedStartOf<Segment>] extends [never] ? '{}' : FixedStartOf<Segment>
type FixedStartOf<Segment extends string>
  = { [Fixed in FixedSegment]: Segment extends `${Fixed}${string}` ? Fixed : never }[FixedSegment]
