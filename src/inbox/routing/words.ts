// Why something was decided, in one line that is kept with it.

import type { Because } from './rules.ts'

const id = /: [0-9a-f]{8}-[0-9a-f-]{27}$/

/** `Refunds (words: refund)`. Ids say nothing to people: of those only what was asked for stands there. */
export const becauseLine = ({ name, held }: Because): string =>
  held.length === 0 ? name : `${name} (${held.map((each) => each.replace(id, '')).join(', ')})`
