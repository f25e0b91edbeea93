// Bluesky and every other server of the AT Protocol network.

import type { Connector } from '../contract.ts'
import { streamShelfLife } from '../shelf-life.ts'
import { appPassword, refreshAppPassword } from './app-password.ts'
import { readCredentials } from './authorize.ts'
import { history } from './history.ts'
import { plcDirectory } from './identity.ts'
import { publicChat } from './inbox/chat.ts'
import { blueskyInbox } from './inbox/index.ts'
import { limits } from './limits.ts'
import { mentionsKind, searchKind } from './listen/account-kinds.ts'
import { firehoseKind } from './listen/firehose.ts'
import { jetstreamKind } from './listen/jetstream.ts'
import { peopleAt, publicAppView } from './listen/people.ts'
import { watchedPeopleKind } from './listen/watched-people.ts'
import { metrics } from './metrics.ts'
import { oauth, refreshOAuth } from './oauth.ts'
import { clientDocument, clientDocumentPath } from './oauth-client.ts'
import { optionsSchema } from './options.ts'
import { identify } from './profile.ts'
import { publish } from './publish.ts'

export const bluesky = createBluesky()

/** Another PLC directory, AppView and service for direct messages than the public ones, for a network of one's own. */
export function createBluesky({
  directory = plcDirectory,
  appView = publicAppView,
  chat = publicChat,
}: {
  directory?: string
  appView?: string
  chat?: string
} = {}): Connector {
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
    inbox: blueskyInbox(chat),
    hears: [jetstreamKind, watchedPeopleKind(appView), mentionsKind, searchKind, firehoseKind],
    people: peopleAt(appView),
    metrics,
    history,
    shelfLife: streamShelfLife,
    document: { path: clientDocumentPath, content: clientDocument },
  }
}
