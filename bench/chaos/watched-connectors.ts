// Inside a worker process: connectors whose every call and request passes the reaper, and, on demand, without their protection.

import { randomUUID } from 'node:crypto'
import type { Connector, Json, Part, Publish, Session } from '../../src/connectors/contract.ts'
import { connectors } from '../../src/connectors/registry.ts'
import { type GuardedFetch, guardedFetch } from '../../src/lib/guarded-fetch.ts'
import { type Call, currentCall, markIn, type Reaper } from './deaths.ts'

/** Renewal takes its connectors from the registry, so they are changed in place. */
export function watchConnectors(reaper: Reaper, options: { unprotected: boolean }): void {
  for (const connector of connectors) {
    const { publish, refresh } = connector
    if (publish) connector.publish = watchedPublish(options.unprotected ? unprotectedPublish(publish) : publish, reaper)
    if (refresh)
      connector.refresh = (session) => watched(reaper, callOf('refresh', session, null), () => refresh(session))
  }
}

function watchedPublish(publish: Publish, reaper: Reaper): Publish {
  const { prepare, submit, poll, find } = publish
  const watch = <T>(operation: string, session: Session, content: unknown, work: () => Promise<T>) =>
    watched(reaper, callOf(operation, session, content), work)
  return {
    ...publish,
    ...(prepare
      ? { prepare: (session, part, key) => watch('prepare', session, part.segment, () => prepare(session, part, key)) }
      : {}),
    submit: (session, prepared, key) => watch('submit', session, prepared, () => submit(session, prepared, key)),
    ...(poll ? { poll: (session, ref) => watch('poll', session, null, () => poll(session, ref)) } : {}),
    ...(find
      ? {
          find: (session, prepared, key, since) =>
            watch('find', session, prepared, () => find(session, prepared, key, since)),
        }
      : {}),
  }
}

const callOf = (operation: string, session: Session, content: unknown): Call => ({
  operation,
  mark: markIn(content),
  accountId: session.account.id,
})

async function watched<T>(reaper: Reaper, call: Call, work: () => Promise<T>): Promise<T> {
  const about = aboutOf(call)
  reaper(call.operation, 'before', about)
  const result = await currentCall.run(call, work)
  reaper(call.operation, 'after', about)
  return result
}

const aboutOf = ({ mark, accountId }: Call): string => `${mark ?? ''} ${accountId}`

/**
 * What happens without keys, look-ups and drafts of our own: everything is made anew whenever it is sent, and every look-up says
 * that nothing is there. Only the ledger is left.
 */
function unprotectedPublish(publish: Publish): Publish {
  const { prepare, keyLifetime: _, keyLifetimeFor: __, ...rest } = publish
  return {
    ...rest,
    prepare: async (_session, part) => JSON.parse(JSON.stringify(part)) as Json,
    async submit(session, prepared) {
      const given = prepared as unknown as Part
      const part: Part = { ...given, dueAt: new Date(given.dueAt) }
      const key = randomUUID().replaceAll('-', '')
      // Faults are meant for the write itself, not for what is made before it.
      const call = { ...currentCall.getStore()!, operation: 'prepare' }
      const fresh = prepare ? await currentCall.run(call, () => prepare(session, part, key)) : prepared
      return publish.submit(session, fresh, key)
    },
    find: async () => ({ state: 'absent' }),
    // A promise that is not kept.
    keyLifetime: 3600,
  }
}

/** Sends what is meant for a network through the server that breaks answers, and says there whose request it is. */
export function watchedFetch(reaper: Reaper, routes: Record<string, string>): GuardedFetch {
  const inner = guardedFetch({ allowedPrivate: ['127.0.0.1', 'localhost'] })
  return async (url, request = {}) => {
    const call = currentCall.getStore()
    const target = new URL(String(url))
    const way = routes[target.origin]
    const rerouted = way ? new URL(target.pathname + target.search, way) : target
    if (!call) return inner(rerouted, request)
    const name = `${call.operation}: request`
    const about = aboutOf(call)
    reaper(name, 'before', about)
    const answering = inner(rerouted, {
      ...request,
      headers: { ...request.headers, 'x-chaos': `${call.mark ?? ''}/${call.operation}` },
    })
    reaper(name, 'during', about)
    const answer = await answering
    reaper(name, 'after', about)
    return answer
  }
}

export const byId = (id: string): Connector => connectors.find((connector) => connector.id === id)!
