// Says what is wrong with an account, and since or until when.

import { TimeText, useNow } from '../../kit/time-text.tsx'
import { type Trouble, troubleOf } from './trouble.ts'
import type { Account } from './use-accounts.ts'

export function useTrouble(account: Account, network: string): Trouble | null {
  return troubleOf(account, network, useNow(60_000))
}

/** `Since 9 Aug, 14:30`, `Last try 5 minutes ago`. */
export function TroubleTime({ trouble: { at, when } }: { trouble: Trouble }) {
  if (!at) return null
  return (
    <>
      {when} <TimeText at={at} relative={when === 'Last try'} />
    </>
  )
}
