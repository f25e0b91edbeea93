// What the network says of people now: streams name them by a number alone.

import type { Session } from '../../contract.ts'
import type { HeardAuthor } from '../../listen.ts'
import { anonymous } from '../authorize.ts'
import { query } from '../xrpc.ts'
import { isDid } from './records.ts'
import { peopleSchema, personOf } from './views.ts'

/** Bluesky's own AppView answers everybody. */
export const publicAppView = 'https://public.api.bsky.app'

/** The network's own limit for one question (lexicon app.bsky.actor.getProfiles). */
const atOnce = 25

/** By their ids; whoever is gone is left out. */
export const peopleAt = (appView: string) => (session: Pick<Session, 'http'>, ids: string[]) =>
  lookUp(session, appView, ids.filter(isDid))

/** By ids and handles. */
export async function lookUp(
  session: Pick<Session, 'http'>,
  appView: string,
  actors: string[],
): Promise<HeardAuthor[]> {
  const found: HeardAuthor[] = []
  for (let start = 0; start < actors.length; start += atOnce) {
    const { profiles } = await query(session, {
      base: appView,
      authorize: anonymous,
      id: 'app.bsky.actor.getProfiles',
      params: { actors: actors.slice(start, start + atOnce) },
      schema: peopleSchema,
    })
    found.push(...profiles.map(personOf).filter((each) => each !== null))
  }
  return found
}
