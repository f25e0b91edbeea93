// Says what is wrong with an account, and since or until when.

import { TimeText, useNow } from '../../kit/time-text.tsx'
import { type Trouble, troubleOf } from './trouble.ts'
import type { Account } from './use-accounts.ts'

export function useTrouble(account: Account, network: string): Trouble | null {
  return troubleOf(account, network, useNow(60_000))
}

export function TroubleText({ trouble, full = false }: { trouble: Trouble; full?: boolean }) {
  return (
    <>
      {trouble.what} {full && trouble.next} {trouble.at && <TimeText at={trouble.at} relative />}
    </>
  )
}
