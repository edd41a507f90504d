export const urlencoded = 'application/x-www-form-urlencoded'

/** Encodes fields as a form: text as it is, and any other value as JSON. */
export function toForm(fields: object): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  return form.toString()
}
