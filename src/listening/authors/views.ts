// How people who speak look to those who ask.

import type { z } from 'zod'
import type { WhoIs } from '../../people/names.ts'
import type { authorView } from './contract.ts'
import type { AuthorState, Purpose } from './states.ts'
import type { AuthorRow, MoveRow, Speaker } from './store.ts'

export type AuthorShown = z.infer<typeof authorView>

const time = (at: Date | null): string | null => at?.toISOString() ?? null

export const authorShown = (row: AuthorRow, who: WhoIs): AuthorShown => ({
  ...{ id: row.id, network: row.network, handle: row.handle, name: row.name, url: row.url, followers: row.followers },
  ...{ state: row.state as AuthorState, purpose: row.purpose as Purpose, note: row.note, channel: row.channel },
  approacher: who(row.approacher_id),
  spottedAt: time(row.spotted_at),
  lastSpokeAt: row.objected_at ? null : time(row.last_spoke_at),
  lastContactAt: time(row.last_contact_at),
  expiresAt: time(row.expires_at),
  objectedAt: time(row.objected_at),
  mentions: row.mentions,
  side: row.side as AuthorShown['side'],
  score: row.score as AuthorShown['score'],
})

/** Of whom nothing is stored besides what they said. */
export const onlyHeard = (id: string, speaker: Speaker): AuthorShown => ({
  ...{ id, network: speaker.network, handle: speaker.author_handle, name: speaker.author_name },
  ...{ url: speaker.author_url, followers: speaker.author_followers },
  ...{ state: null, purpose: 'research', note: '', channel: null, approacher: null },
  ...{ spottedAt: null, lastSpokeAt: time(speaker.at), lastContactAt: null, expiresAt: null, objectedAt: null },
  ...{ mentions: 0, side: null, score: null },
})

export const moveShown = (row: MoveRow, who: WhoIs) => ({
  id: row.id,
  from: row.from_state as AuthorState,
  to: row.to_state as AuthorState,
  note: row.note,
  reason: (row.facts as { reason?: string | null }).reason ?? null,
  at: row.at.toISOString(),
  by: who(row.by),
})
