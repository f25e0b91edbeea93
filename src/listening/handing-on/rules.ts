// Makes the words of a brief from a mention. Pure.

import { firstOf } from '../../lib/storable.ts'
import type { BriefWords } from '../../publishing/briefs/types.ts'

const longestTitle = 80
const longestLink = 2000
const longestQuote = 15_000

interface Said {
  title: string | null
  body: string
  url: string | null
  network: string
  author: string | null
  at: Date
}

export function briefFrom(said: Said): Partial<BriefWords> & { title: string } {
  const line = (said.title ?? said.body).replaceAll(/\s+/g, ' ').trim()
  const short = firstOf(line, longestTitle)
  const quote = firstOf([said.title, said.body].filter(Boolean).join('\n'), longestQuote).trim()
  const source = `${said.author ?? 'Somebody'}, ${said.network}, ${said.at.toISOString().slice(0, 10)}`
  const isLink = said.url !== null && /^https?:\/\/\S+$/.test(said.url) && said.url.length <= longestLink
  return {
    title: short === line ? line || source : `${short.trimEnd()}…`,
    kind: 'idea',
    use: 'other',
    material: `${firstOf(quote.replaceAll(/^/gm, '> '), longestQuote)}\n\n${source}`,
    links: isLink ? [said.url!] : [],
  }
}
