// Why something was decided, in one line that is kept with it.

import type { Because } from './rules.ts'

/** `Refunds (words: refund)` */
export const becauseLine = ({ name, held }: Because): string =>
  held.length === 0 ? name : `${name} (${held.join(', ')})`
