// Which network addresses outside requests may connect to.

import ipaddr from 'ipaddr.js'

export type AddressClass =
  /** Reachable by everybody. */
  | 'public'
  /** On this machine or in the organisation's own network; allowed only where an administrator named the host. */
  | 'private'
  /** Never: link-local (cloud metadata), multicast, unspecified, reserved. */
  | 'forbidden'

const privateRanges = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'])
const globalIPv6 = ipaddr.IPv6.parse('2000::')
const nat64 = ipaddr.IPv6.parse('64:ff9b::')

/** The class of an IP address as text; anything that is not an address is forbidden. */
export function classifyAddress(address: string): AddressClass {
  if (!ipaddr.isValid(address)) return 'forbidden'
  const parsed = withoutWrapping(ipaddr.parse(address))
  const range = parsed.range()
  if (privateRanges.has(range)) return 'private'
  if (range !== 'unicast') return 'forbidden'
  // Everything outside 2000::/3 is unassigned or deprecated (for example ::127.0.0.1), though ipaddr.js calls it unicast.
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(globalIPv6, 3)) return 'forbidden'
  return 'public'
}

/** IPv4 in IPv6 clothing (mapped, NAT64) counts as the IPv4 address that is really reached. */
function withoutWrapping(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6)) return address
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  if (address.match(nat64, 96)) return new ipaddr.IPv4(address.toByteArray().slice(12))
  return address
}
