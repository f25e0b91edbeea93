// Feeds of any site, read as a source of listening: RSS 0.9x, 1.0 and 2.0, Atom, and JSON Feed.

import type { Connector } from '../contract.ts'
import { connectFeed, identifyFeed } from './connect.ts'
import { connectedFeedKind, feedKind } from './listen.ts'
import { pullFeed } from './pull.ts'

export const feed: Connector = {
  id: 'feed',
  name: 'Feed',
  docs: 'https://www.rssboard.org/rss-specification',
  reviewed: '2026-11',
  auth: [
    {
      kind: 'fields',
      id: 'address',
      label: 'Address',
      fields: [
        {
          name: 'address',
          label: 'Address of the feed or of the page',
          type: 'url',
          help: 'RSS, Atom or JSON Feed. For a page, the feed it names is used.',
          placeholder: 'https://example.org/blog',
        },
      ],
      connect: connectFeed,
    },
  ],
  identify: identifyFeed,
  // Nothing can be published to a feed.
  limits: () => ({ text: { max: 0, unit: 'graphemes', format: 'plain' } }),
  listen: { pull: pullFeed },
  hears: [feedKind, connectedFeedKind],
}
