// Lines that are being changed, and the version they were taken from: a newer one never gets under them unseen.

import type { CadenceLines } from '../../plan/types.ts'

export interface Version {
  number: number
  lines: CadenceLines
}

export interface Draft {
  lines: CadenceLines
  /** null: nothing was in force. */
  base: Version | null
}

export const draftOf = (base: Version | null): Draft => ({ lines: base?.lines ?? [], base })

export const isChanged = ({ lines, base }: Draft): boolean =>
  JSON.stringify(lines) !== JSON.stringify(base?.lines ?? [])

/** Somebody put a later version in force than the one these lines were taken from. */
export const isOutrun = ({ base }: Draft, inForce: Version | null): boolean =>
  (inForce?.number ?? 0) > (base?.number ?? 0)

/** What nobody touched follows the version in force; what somebody changed waits for their choice. */
export const following = (draft: Draft, inForce: Version | null): Draft =>
  isOutrun(draft, inForce) && !isChanged(draft) ? draftOf(inForce) : draft
