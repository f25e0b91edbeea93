// Bluesky and every other server of the AT Protocol network.

import type { Connector } from '../contract.ts'
import { streamShelfLife } from '../shelf-life.ts'
import { appPassword, refreshAppPassword } from './app-password.ts'
import { readCredentials } from './authorize.ts'
import { plcDirectory } from './identity.ts'
import { limits } from './limits.ts'
import { firehoseKind } from './listen/firehose.ts'
import { jetstreamKind } from './listen/jetstream.ts'
import { metrics } from './metrics.ts'
import { oauth, refreshOAuth } from './oauth.ts'
import { clientDocument, clientDocumentPath } from './oauth-client.ts'
import { optionsSchema } from './options.ts'
import { identify } from './profile.ts'
import { publish } from './publish.ts'

export const bluesky = createBluesky()

/** `directory` is another PLC directory than the public one, for a network of one's own. */
export function createBluesky({ directory = plcDirectory }: { directory?: string } = {}): Connector {
  return {
    id: 'bluesky',
    name: 'Bluesky',
    docs: 'https://docs.bsky.app',
    reviewed: '2026-11',
    auth: [appPassword(directory), oauth(directory)],
    identify,
    refresh: async (session) => {
      const credentials = readCredentials(session)
      return credentials.kind === 'oauth'
        ? refreshOAuth(session, credentials)
        : refreshAppPassword(session, credentials)
    },
    limits,
    options: optionsSchema,
    publish,
    hears: [jetstreamKind, firehoseKind],
    metrics,
    shelfLife: streamShelfLife,
    document: { path: clientDocumentPath, content: clientDocument },
  }
}
