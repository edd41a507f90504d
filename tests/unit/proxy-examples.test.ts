import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const docs = join(import.meta.dirname, '../../docs')

it('every nginx example passes on the host, the scheme and the address of the client', () => {
  const pages = readdirSync(docs).map(name => readFileSync(join(docs, name), 'utf8'))
  const examples = pages.flatMap(page => [...page.matchAll(/```nginx\n(.*?)```/gs)].map(([, example]) => example!))
    .filter(example => example.includes('proxy_pass'))
  expect(examples.length).toBeGreaterThan(0)
  for (const example of examples) {
    expect(example).toContain('proxy_set_header Host $http_host;')
    expect(example).toContain('proxy_set_header X-Forwarded-Proto $scheme;')
    // Otherwise, NUXT_TRUSTED_PROXIES=1 would trust what the client sends.
    expect(example).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;')
  }
})
