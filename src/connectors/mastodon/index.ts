// Mastodon, and the servers that speak its client API.

import type { Connector } from '../contract.ts'
import { streamShelfLife } from '../shelf-life.ts'
import { identify, oauth, refresh, token } from './auth.ts'
import { history } from './history.ts'
import { inbox } from './inbox/index.ts'
import { limits, optionsSchema } from './limits.ts'
import { searchKind } from './listen/search.ts'
import { hashtagKind, listKind, localKind, mentionsKind, publicKind } from './listen/streams.ts'
import { metrics } from './metrics.ts'
import { publish } from './publish.ts'

export const mastodon: Connector = {
  id: 'mastodon',
  name: 'Mastodon',
  docs: 'https://docs.joinmastodon.org/client/intro/',
  reviewed: '2026-11',
  idsByServer: true,
  auth: [oauth, token],
  identify,
  refresh,
  limits,
  options: optionsSchema,
  publish,
  inbox,
  hears: [hashtagKind, mentionsKind, searchKind, localKind, listKind, publicKind],
  metrics,
  history,
  shelfLife: streamShelfLife,
}
