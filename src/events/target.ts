// Whether a webhook may go to an address: said when it is added, so that nobody waits for a delivery that can never leave.

import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { classifyAddress } from '../lib/addresses.ts'
import { Refusal } from '../lib/refusal.ts'

/**
 * @throws Refusal naming `url`. A courtesy only: what really protects is the guarded fetch, which looks at the address of every
 * connection it makes.
 */
export async function refuseUnreachable(url: string, allowPrivate: readonly string[]): Promise<void> {
  const { hostname, host, username, password } = new URL(url)
  if (username || password) throw new Refusal('credentials-in-address', { field: 'url' })
  const bare = hostname.replace(/^\[|\]$/g, '')
  const allowed = allowPrivate.some((name) => [hostname, bare, host].includes(name.toLowerCase()))
  for (const address of await addressesOf(bare)) {
    const kind = classifyAddress(address)
    if (kind === 'forbidden' || (kind === 'private' && !allowed))
      throw new Refusal('private-address', { field: 'url', params: { host } })
  }
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host)) return [host]
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch {
    throw new Refusal('host-not-found', { field: 'url', params: { host } })
  }
}
