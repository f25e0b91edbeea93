// Mastodon in the contract suite, against the double.

import { afterAll, expect } from 'vitest'
import type { AuthMethod } from '../contract.ts'
import { connectorSuite } from '../testing/contract-suite.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import { type MastodonDouble, startMastodonDouble } from './double/server.ts'
import { write } from './double/statuses.ts'
import { mastodon } from './index.ts'

const redirect = { url: 'https://longrun.example/connect/callback', state: 'state' }
const oauth = mastodon.auth.find(({ kind }) => kind === 'oauth') as Extract<AuthMethod, { kind: 'oauth' }>
let double: MastodonDouble

// Tokens that end, so that renewing them is a part of the suite.
connectorSuite(mastodon, async () => {
  const rateLimits = { requests: 10_000, uploads: 10_000, deletions: 10_000 }
  double = await startMastodonDouble({
    accounts: ['me', 'ben'],
    autoApprove: true,
    tokenLifetime: 3600,
    rateLimits,
    mediaProcessingMs: 50,
  })
  const faults = await startFaultServer(double.url)
  return {
    faults,
    isWrite: ({ method, path }) => method === 'POST' && path === '/api/v1/statuses',
    async connect(session) {
      const { url, pending } = await oauth.begin(session, { server: faults.url }, redirect)
      const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '')
      return oauth.finish(session, pending, Object.fromEntries(back.searchParams), redirect)
    },
    published: async () =>
      double.state.statuses.map(({ id, text, replyTo, media }) => ({
        id,
        text,
        replyTo,
        alts: media.map(({ description }) => description ?? ''),
      })),
    async saysElsewhere(text) {
      const { state } = double
      const asked = write({ status: 'How?' }, double.account('ben'), { application: null, state })
      return write({ status: text, in_reply_to_id: asked.id }, double.account('me'), { application: null, state }).id
    },
    async stop() {
      await faults.stop()
      await double.stop()
    },
  }
})

afterAll(() => expect(double.violations ?? []).toEqual([]))
