import { randomUUID } from 'node:crypto'
import { defineEventHandler, setResponseHeader } from 'h3'

/** Gives each request an id, by which its answer is found in the log. */
export default defineEventHandler((event) => {
  setResponseHeader(event, 'X-Request-Id', randomUUID())
})
