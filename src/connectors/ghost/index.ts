// The connector for Ghost sites: their Admin API, with the key of a custom integration.

import type { Connector } from '../contract.ts'
import { blogShelfLife } from '../shelf-life.ts'
import { commentsKind } from './comments.ts'
import { adminKey, identify } from './connect.ts'
import { history } from './history.ts'
import { inbox } from './inbox/index.ts'
import { limits, optionsSchema } from './limits.ts'
import { metrics } from './metrics.ts'
import { publish } from './publish.ts'

export const ghost: Connector = {
  id: 'ghost',
  name: 'Ghost',
  docs: 'https://docs.ghost.org/admin-api',
  reviewed: '2026-11',
  auth: [adminKey],
  identify,
  limits,
  options: optionsSchema,
  publish,
  inbox,
  hears: [commentsKind],
  metrics,
  history,
  shelfLife: blogShelfLife,
}
