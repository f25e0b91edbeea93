// The practice network as a process of its own, so that its work is not counted as Longrun's. Says its address and accounts to its parent.

import { startFakeNetwork } from '../../src/connectors/fake/server.ts'

export interface FakeReport {
  url: string
  accounts: { id: string; handle: string; access: string; refresh: string; expiresAt: string }[]
}

const network = await startFakeNetwork({ tokenLifetime: 24 * 3600 })
const accounts = Array.from({ length: Number(process.argv[2]) }, () => {
  const { id, handle } = network.createAccount()
  const { access, refresh, expiresAt } = network.signIn(handle)
  return { id, handle, access, refresh, expiresAt: expiresAt.toISOString() }
})
process.on('message', (message) => {
  if (message === 'count')
    process.send?.({ posts: network.posts().length, texts: new Set(network.posts().map((post) => post.text)).size })
})
process.on('disconnect', () => void network.stop().finally(() => process.exit(0)))
process.send?.({ url: network.url, accounts } satisfies FakeReport)
