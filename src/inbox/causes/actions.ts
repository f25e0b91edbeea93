// Verb of causes: which post of ours, which campaign and which topics a conversation came of.

import { readInOrg } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { campaignTopics, causeRow } from './store.ts'

export const readCause = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    const row = await causeRow(tx, orgId, id)
    if (!row) throw notFound('conversation')
    const { about, campaign_id: campaignId } = row
    return {
      post:
        row.post_id === null
          ? null
          : {
              ...{ id: row.post_id, summary: row.summary ?? '', isDeleted: row.deleted ?? false },
              publishedAt: row.published_at?.toISOString() ?? null,
            },
      // Written elsewhere, where no post is known here.
      elsewhere: row.post_id === null && about ? { url: about.url, title: about.title } : null,
      campaign: campaignId === null ? null : { id: campaignId, name: row.campaign_name ?? '' },
      topics: await campaignTopics(tx, orgId, { conversationId: id, campaignId }),
    }
  })
