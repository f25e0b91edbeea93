// What pages ask of the language of topics: read a query while it is written, and write it in its normal form.

import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import type { Query, QueryReading } from './types.ts'

/** The query that `text` says, or where and why it says none. */
export const readQuery = (text: string): QueryReading => parseQuery(text)

/** The normal form of a query. */
export const writeQuery = (query: Query): string => printQuery(query)
