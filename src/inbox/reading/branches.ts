// To which conversation a message belongs. In private a thread is one conversation; in public each who joins a thread begins one of their own.

import type { Said } from '../../connectors/converse.ts'

/** What decides of a message that is stored or comes along. */
export type Placed = Pick<Said, 'id' | 'thread' | 'kind' | 'isPrivate' | 'replyTo' | 'root' | 'about'>

const wholeThreads: ReadonlySet<Said['kind']> = new Set(['message', 'mail', 'review'])

/**
 * The branch of its thread by itself alone. `parent`: it goes where the message goes that it answers; where nobody knows that one, its id is
 * the branch, so that it is found when it comes.
 */
export function branchOf(said: Placed): { branch: string } | { parent: string } {
  if (said.isPrivate || wholeThreads.has(said.kind)) return { branch: '' }
  if (said.replyTo === null || isOurPost(said, said.replyTo)) return { branch: said.id }
  return { parent: said.replyTo }
}

/** What is answered here is no message to us: the post under which people speak. A thread that somebody else began is one, and no post of ours. */
const isOurPost = ({ thread, root, about }: Placed, answered: string): boolean =>
  about !== null && [thread, root?.id, about.id].includes(answered)
