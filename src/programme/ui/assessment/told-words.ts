// Where the figures of an account come from, in a sentence: what it told of its own past, or why it does not.

import { codeWords } from '../../../accounts/ui/words.ts'
import { dayText } from '../../../kit/time.ts'
import { count } from '../../../kit/words.ts'
import type { ToldPast } from '../../assessment/types.ts'

export function toldWords(told: ToldPast): string {
  switch (told.state) {
    case 'read':
      return readWords(told)
    case 'reading':
      return 'Longrun is reading what it published in the last twelve weeks. Look again in a few minutes.'
    case 'waiting':
      return 'Its past is not read yet: the account waits to be connected again.'
    case 'cannot':
      return 'This kind of account cannot tell what was published before Longrun.'
    case 'failed': {
      const { what, next } = codeWords(told.trouble ?? { code: 'unexpected' })
      return `Its past could not be read. ${what} ${next ? `${next} ` : ''}Longrun tries again by itself.`
    }
  }
}

function readWords({ posts, replies, people, readOn }: ToldPast): string {
  const when = readOn === null ? '' : ` on ${dayText(readOn)}`
  const unseen = replies === null ? ' How many replies there were it cannot tell.' : ''
  if (!posts && !replies) return `Read from the account${when}: nothing went out without Longrun.${unseen}`
  const parts = [count(posts ?? 0, 'post'), ...(replies === null ? [] : [count(replies, 'reply', 'replies')])]
  const who =
    people === null
      ? 'Who wrote them is not known.'
      : people === 1
        ? 'One person wrote them.'
        : `${people} people wrote them.`
  return `Read from the account${when}: ${parts.join(' and ')} that went out without Longrun. ${who}${unseen}`
}
