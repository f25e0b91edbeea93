// Who follows a link: a person, or a machine that looks at it. Nothing of the request is kept but this one word.

import { isbot } from 'isbot'

type Header = (name: string) => string | undefined

/** Chat programs, networks and search engines look at every link they see; browsers fetch some before anybody clicks. */
export function isMachine(method: string, header: Header): boolean {
  if (method !== 'GET') return true
  const purpose = header('sec-purpose') ?? header('purpose') ?? header('x-purpose') ?? header('x-moz')
  if (purpose !== undefined && /prefetch|prerender|preview/i.test(purpose)) return true
  return isMachineName(header('user-agent') ?? '')
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
