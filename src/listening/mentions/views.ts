// How a stored mention looks to those who ask.

import type { z } from 'zod'
import type { mentionView } from './contract.ts'
import type { MentionRow } from './store-read.ts'
import type { Initiator } from './types.ts'

export type MentionShown = z.infer<typeof mentionView>

/** `topicIds`: ids of the organisation's topics by their numbers; `doubles`: how many more say the same, where that was asked. */
export const viewOfMention = (row: MentionRow, topicIds: ReadonlyMap<number, string>, doubles = 0): MentionShown => ({
  id: row.id,
  at: row.at.toISOString(),
  heardAt: row.heard_at.toISOString(),
  network: row.network,
  sourceId: row.source_id,
  kind: row.kind,
  title: row.title,
  text: row.body,
  url: row.url,
  author:
    row.author_id === null
      ? null
      : {
          id: row.author_id,
          handle: row.author_handle,
          name: row.author_name,
          url: row.author_url,
          followers: row.author_followers,
        },
  media: row.media,
  links: row.links,
  place: row.place,
  initiator: row.initiator as Initiator,
  topicIds: row.topics.flatMap((number) => topicIds.get(number) ?? []),
  language: row.language,
  sentiment: row.sentiment as MentionShown['sentiment'],
  sentimentCertainty: row.sentiment_certainty,
  emotion: row.emotion,
  intent: row.intent,
  offensive: row.offensive,
  crisis: row.crisis,
  labelledAt: row.labelled_at?.toISOString() ?? null,
  doubleOf: row.double_of,
  doubles,
})
