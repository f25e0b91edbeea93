// Who follows a link: a person, or a machine that looks at it. Nothing of the request is kept but this one word.

import type { IncomingMessage } from 'node:http'
import { isbot } from 'isbot'

/** Chat programs, networks and search engines look at every link they see; browsers fetch some before anybody clicks. */
export function isMachine({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  if (method !== 'GET') return true
  const purpose = headers['sec-purpose'] ?? headers.purpose ?? headers['x-purpose'] ?? headers['x-moz']
  if (purpose !== undefined && /prefetch|prerender|preview/i.test(String(purpose))) return true
  return isMachineName(headers['user-agent'] ?? '')
}

const most = 2000
const known = new Map<string, boolean>()

/** The list of patterns is long and the names are few, so an answer is kept for a while. */
function isMachineName(userAgent: string): boolean {
  const seen = known.get(userAgent)
  if (seen !== undefined) return seen
  const machine = userAgent === '' || isbot(userAgent.slice(0, 1000))
  if (known.size >= most) known.clear()
  if (userAgent.length < 1000) known.set(userAgent, machine)
  return machine
}
