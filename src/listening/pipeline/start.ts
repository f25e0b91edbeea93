// Puts listening together: what is to be read, what it is held against, and where it is stored.

import { findOwnPosts } from '../../publishing/own-posts.ts'
import type { Services } from '../../services.ts'
import { findKind } from '../sources/kinds.ts'
import { keepCatalogue } from './catalogue.ts'
import { hearOthers } from './hear-others.ts'
import { type OpenServices, openReader } from './open-reader.ts'
import { startSecondLook } from './second-look.ts'
import { understand } from './understand.ts'
import { type Listener, type ListenerOptions, startListener } from './worker.ts'

/** How soon a new topic is listened for everywhere. */
const refreshMs = 1_000
/** What was said longer ago and has not been looked at twice stays as it is. */
const dueHours = 6

/** Begins to listen, and goes on until it is stopped. */
export async function startListening(
  services: OpenServices & Pick<Services, 'notices'>,
  options?: ListenerOptions,
): Promise<Listener> {
  const { db, log } = services
  const catalogue = keepCatalogue(db)
  await catalogue.refresh()
  const secondLook = services.config.secondLook
    ? startSecondLook({
        services,
        lessonsOf: (orgId) => catalogue.current.lessons.get(orgId),
        since: new Date(services.clock().getTime() - dueHours * 3_600_000),
      })
    : null
  const others = await hearOthers(services)
  const listener = startListener(
    {
      services,
      async *open(lease, signal) {
        // Whoever asked for it a moment ago is served from its first word on.
        await catalogue.refresh()
        yield* openReader(services, lease, signal)
      },
      everySeconds({ connector, kind }) {
        const found = findKind(connector, kind)
        return found?.way === 'poll' ? (found.everySeconds ?? 900) : null
      },
      understand: (lease, batch, heardAt) =>
        understand(catalogue.current, batch, {
          network: lease.connector,
          readerId: lease.readerId,
          heardAt,
          ownPosts: (refs) => findOwnPosts(db, refs),
        }),
      stored: (mentions) => secondLook?.take(mentions),
    },
    options,
  )
  const timer = setInterval(
    () => void catalogue.refresh().catch((error) => log.warn('Topics could not be read again', { error })),
    refreshMs,
  )
  return {
    async stop() {
      clearInterval(timer)
      await listener.stop()
      await others.stop()
      await secondLook?.stop()
    },
  }
}
