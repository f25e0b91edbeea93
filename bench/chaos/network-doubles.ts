// The practice network, at once and with processing, and the Mastodon double, once honouring keys and once ignoring them.

import { fake } from '../../src/connectors/fake/index.ts'
import { startFakeNetwork } from '../../src/connectors/fake/server.ts'
import { startMastodonDouble } from '../../src/connectors/mastodon/double/server.ts'
import { mastodon } from '../../src/connectors/mastodon/index.ts'
import { asAnother, behindFaults, connectByForm, json, type Network } from './network.ts'
import { accountsEach } from './plan.ts'

export async function startFake(name: 'fake' | 'fake-slow'): Promise<Network> {
  const network = await startFakeNetwork({ processingPolls: name === 'fake-slow' ? 2 : 0 })
  const accounts = Array.from({ length: accountsEach }, () => network.createAccount())
  return behindFaults({
    name,
    connectorId: 'fake',
    url: network.url,
    async connect(account, session) {
      const { handle, token } = accounts[account]!
      return asAnother(await connectByForm(fake, session, { url: network.url, handle, token }), name)
    },
    list: async () =>
      network
        .posts()
        .map(({ id, text, replyTo, images }) => ({ id, text, replyTo, images: images.length, visible: true })),
    words: {
      expired: json(401, { error: 'expired' }),
      revoked: json(401, { error: 'revoked' }),
      refused: json(422, { error: 'forbidden-word', field: 'text' }),
    },
    stop: () => network.stop(),
  })
}

const day = 86_400

export async function startMastodonLike(name: 'mastodon' | 'gotosocial'): Promise<Network> {
  const accounts = Array.from({ length: accountsEach }, (_, at) => `${name}${at}`)
  const rateLimits = { requests: 100_000, uploads: 100_000, deletions: 100_000 }
  const double = await startMastodonDouble({ software: name, accounts, tokenLifetime: day, rateLimits })
  return behindFaults({
    name,
    connectorId: 'mastodon',
    url: double.url,
    async connect(account, session) {
      const accessToken = double.tokenFor(accounts[account]!)
      const token = double.state.tokens.find(({ value }) => value === accessToken)!
      const connection = await connectByForm(mastodon, session, { server: double.url, accessToken })
      const { clientId, clientSecret } = token.application
      const renewal = {
        refreshToken: token.refreshToken,
        clientId,
        clientSecret,
        tokenUrl: `${double.url}/oauth/token`,
      }
      return { ...connection, credentials: { ...(connection.credentials as object), renewal } }
    },
    list: async () =>
      double.state.statuses.map(({ id, text, replyTo, media }) => ({
        id,
        text,
        replyTo,
        images: media.length,
        visible: true,
      })),
    words: {
      expired: json(401, { error: 'The access token expired' }),
      // Whether a token ended or was revoked is the same answer here; what the renewal says decides.
      revoked: json(401, { error: 'The access token was revoked' }),
      refused: json(422, { error: 'Validation failed: Text is not allowed' }),
    },
    stop: () => double.stop(),
  })
}
