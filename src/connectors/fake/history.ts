// What an account of the practice network published itself.

import { heardUrl, saidAt } from '../heard.ts'
import type { History, HistoryItem } from '../history.ts'
import { ask } from './ask.ts'
import { pastShape } from './wire.ts'

export const history: History = {
  async page(session, { since, cursor, limit }) {
    const place: Record<string, string> = typeof cursor === 'number' ? { before: String(cursor) } : {}
    const url = `${session.account.server}/api/past?${new URLSearchParams({ limit: String(limit), ...place })}`
    const { items, next } = await ask(session, { url, schema: pastShape })
    const read = items.map(({ id, url, createdAt, answers }) => ({
      item: { id, at: saidAt(createdAt, session.now().getTime()), url: heardUrl(url) },
      answers,
    }))
    const told = read.flatMap(({ item, answers }): HistoryItem[] => {
      if (item.at < since || `@${answers}` === session.account.handle) return []
      return [{ ...item, kind: answers === null ? 'post' : 'reply', by: null }]
    })
    return { items: told, next: read.some(({ item }) => item.at < since) ? null : next, unreadable: 0 }
  },
}
