import type { z } from 'zod'

/**
 * Parses a value in a transform, which then has the issues of the value.
 * @returns undefined if the value is invalid
 */
export function parseIn<Schema extends z.ZodType>(
  context: z.core.$RefinementCtx,
  schema: Schema,
  value: unknown,
): z.output<Schema> | undefined {
  const { data, error } = schema.safeParse(value)
  for (const issue of error?.issues ?? []) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue)
  return data
}
