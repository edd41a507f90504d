import type { JsonPage } from '#db/read'

/** The rows of a page. */
export const rowsIn = <Row>({ parts }: JsonPage): Row[] => JSON.parse(`[${parts.join('')}]`) as Row[]
