// A real Bluesky PDS.

import { bluesky } from '../../src/connectors/bluesky/index.ts'
import { type PdsAccount, startPds } from '../../test/servers/pds.ts'
import { behindFaults, connectByForm, type Found, json, type Network } from './network.ts'
import { accountsEach } from './plan.ts'

interface Page {
  cursor?: string
  records: {
    uri: string
    value: { text?: string; reply?: { parent: { uri: string } }; embed?: { images?: unknown[] } }
  }[]
}

export async function startBluesky(): Promise<Network> {
  const pds = await startPds()
  const accounts: PdsAccount[] = []
  for (let at = 0; at < accountsEach; at++) accounts.push(await pds.createAccount(`runner${at}`))
  return behindFaults({
    name: 'bluesky',
    connectorId: 'bluesky',
    url: pds.url,
    connect(account, session) {
      const { handle, appPassword } = accounts[account]!
      return connectByForm(bluesky, session, { service: pds.url, identifier: handle, password: appPassword })
    },
    list: async () => (await Promise.all(accounts.map(({ did }) => recordsOf(pds.url, did)))).flat(),
    words: {
      expired: json(400, { error: 'ExpiredToken', message: 'Token has expired' }),
      revoked: json(400, { error: 'AccountDeactivated', message: 'Account is deactivated' }),
      refused: json(400, { error: 'InvalidRequest', message: 'Record is not valid' }),
    },
    stop: () => pds.stop(),
  })
}

const posts = 'app.bsky.feed.post'

async function recordsOf(url: string, did: string): Promise<Found[]> {
  const gates = await listRecords(url, did, 'app.bsky.feed.threadgate')
  const gated = new Set(gates.map(({ uri }) => uri.replace('app.bsky.feed.threadgate', posts)))
  return (await listRecords(url, did, posts)).map(({ uri, value: { text = '', reply, embed } }) => ({
    id: uri,
    text,
    replyTo: reply?.parent.uri ?? null,
    images: embed?.images?.length ?? 0,
    visible: true,
    gated: gated.has(uri),
  }))
}

async function listRecords(url: string, did: string, collection: string): Promise<Page['records']> {
  const found: Page['records'] = []
  for (let cursor: string | undefined; ; ) {
    const params = new URLSearchParams({ repo: did, collection, limit: '100', ...(cursor ? { cursor } : {}) })
    const answer = await fetch(`${url}/xrpc/com.atproto.repo.listRecords?${params}`)
    if (!answer.ok) throw new Error(`listRecords: ${answer.status}`)
    const page = (await answer.json()) as Page
    found.push(...page.records)
    cursor = page.cursor
    if (!cursor || page.records.length === 0) return found
  }
}
