import { defineEventHandler } from 'h3'
import { beginRequest } from '#server/endpoint/request-line'

/** Gives each request an id, which its response and its log lines carry. */
export default defineEventHandler(beginRequest)
