// The connector for WordPress sites: their own REST API, with an application password.

import type { Connector } from '../contract.ts'
import { blogShelfLife } from '../shelf-life.ts'
import { commentsKind } from './comments.ts'
import { applicationPassword, identify } from './connect.ts'
import { history } from './history.ts'
import { inbox } from './inbox/index.ts'
import { limits, optionsSchema } from './limits.ts'
import { metrics } from './metrics.ts'
import { publish } from './publish.ts'

export const wordpress: Connector = {
  id: 'wordpress',
  name: 'WordPress',
  docs: 'https://developer.wordpress.org/rest-api/',
  reviewed: '2026-11',
  idsByServer: true,
  auth: [applicationPassword],
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
