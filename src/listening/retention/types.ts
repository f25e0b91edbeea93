// Words about how long what was heard is kept, shared by pages and server.

import { z } from 'zod'

/** Said in public; said to us alone, as a letter is; written down by one of us. */
export const retentionClasses = ['public', 'private', 'by-hand'] as const
export type RetentionClass = (typeof retentionClasses)[number]

/** In days. `usual` holds where nobody changed it; nobody may keep anything longer than `most`. */
export const retention: Record<RetentionClass, { usual: number; most: number }> = {
  public: { usual: 730, most: 730 },
  // Whoever writes to a person expects an answer, not an archive.
  private: { usual: 180, most: 365 },
  'by-hand': { usual: 730, most: 730 },
}

export const retentionClass = z.enum(retentionClasses)
