// The connector for newsletters by mail: an issue is an article, its subscribers are reached through the installation's mail server.

import type { Connector } from '../contract.ts'
import { identify, senderForm } from './connect.ts'
import { limits } from './limits.ts'
import { publish } from './publish.ts'

export const newsletter: Connector = {
  id: 'newsletter',
  name: 'Newsletter by mail',
  docs: 'https://www.rfc-editor.org/rfc/rfc8058',
  reviewed: '2026-11',
  toSubscribers: true,
  auth: [senderForm],
  identify,
  limits,
  publish,
}
