// A source that is searched for words again and again: what a person enters, and how it is kept.

import { z } from 'zod'
import type { ListenSession, SourceKind } from './listen.ts'

const mostCharacters = 400
const settingsSchema = z.object({ query: z.string() })

/** The one field of a search and its normal form: spaces once, and no more than networks take. */
export const searchFields: Pick<SourceKind, 'fields' | 'normalise'> = {
  fields: [{ key: 'query', label: 'Words', kind: 'text', required: true }],
  normalise(values) {
    const query = (values.query ?? '').replace(/\s+/g, ' ').trim()
    return query === '' || query.length > mostCharacters
      ? { field: 'query', code: 'query-invalid' }
      : { settings: { query } }
  },
}

export const searchedFor = ({ settings }: Pick<ListenSession, 'settings'>): string =>
  settingsSchema.parse(settings).query
