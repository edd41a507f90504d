import { randomUUID } from 'node:crypto'
import { defineEventHandler, setResponseHeader } from 'h3'

/** Gives each request an id, which its response and its log lines carry. */
export default defineEventHandler((event) => {
  setResponseHeader(event, 'X-Request-Id', randomUUID())
})
