// Every network that Longrun knows, one line each.

import { bluesky } from './bluesky/index.ts'
import type { Connector } from './contract.ts'
import { fake } from './fake/index.ts'
import { feed } from './feeds/index.ts'
import { ghost } from './ghost/index.ts'
import { hackerNews } from './hacker-news/index.ts'
import { mailbox } from './mailbox/index.ts'
import { mastodon } from './mastodon/index.ts'
import { newsletter } from './newsletter/index.ts'
import { webPages } from './web-pages/index.ts'
import { wordpress } from './wordpress/index.ts'

/** In the order in which they are offered. */
export const connectors: readonly Connector[] = [
  bluesky,
  mastodon,
  wordpress,
  ghost,
  newsletter,
  feed,
  mailbox,
  webPages,
  hackerNews,
  fake,
]

const byId = new Map(connectors.map((connector) => [connector.id, connector]))

/** null: no network of this installation has the id, as after a restore of what another version wrote. */
export const findConnector = (id: string): Connector | null => byId.get(id) ?? null

/** @throws when no network has this id: ids come from our own rows or from a list that was offered. */
export function connectorOf(id: string): Connector {
  const connector = findConnector(id)
  if (!connector) throw new Error(`unknown connector: ${id}`)
  return connector
}
