// What is said at the practice network to nobody in particular, and heard: for tests of the inbox.

import { asSystem } from '../../db/tx.ts'
import { mentionId } from '../../listening/mentions/identity.ts'
import type { NewMention } from '../../listening/mentions/new-mention.ts'
import { storeMentions } from '../../listening/mentions/store-write.ts'
import { mentionOf } from '../../listening/mentions/test-mentions.ts'
import { currentTime, network, world } from '../ground.testing.ts'
import { minute } from '../said.testing.ts'

export interface HeardPost {
  /** Of the mention. */
  id: string
  url: string
  /** By which listening knows who said it. */
  authorId: string
}

export const personAt = (name: string) => ({
  ...{ id: `${network.url}/@${name}`, handle: `@${name}`, name, url: null, followers: 50 },
})

/** A minute ago. `under`: as another server calls the same post. */
export async function hear(
  author: string,
  text: string,
  { under, ...change }: Partial<NewMention> & { under?: (url: string) => string } = {},
): Promise<HeardPost> {
  const { id } = network.say(author, text)
  const url = `${network.url}/@${author}/${id}`
  const remoteId = under?.(url) ?? url
  const heard = { id: remoteId, url, text, author: personAt(author), at: new Date(currentTime().getTime() - minute) }
  const mention = mentionOf(world.ours, heard, { network: 'fake', heardAt: currentTime(), topics: [], ...change })
  await asSystem(world.services.db, (tx) => storeMentions(tx, [mention]))
  return { id: mentionId(mention.network, remoteId), url, authorId: mentionId(mention.network, personAt(author).id) }
}
