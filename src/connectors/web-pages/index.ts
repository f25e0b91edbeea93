// Web pages that are looked at again and again, where a site has neither a feed nor an API.

import type { Connector } from '../contract.ts'
import { heardOnly } from '../heard-only.ts'
import { pageKind } from './watch.ts'

export const webPages: Connector = {
  ...heardOnly,
  id: 'web-pages',
  name: 'Web pages',
  docs: 'https://www.rfc-editor.org/rfc/rfc9309',
  reviewed: '2026-11',
  hears: [pageKind],
}
