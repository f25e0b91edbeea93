// What every part of the composer sees: the composition, whose words are edited, the accounts, and what stands against it.

import { createContext, use } from 'react'
import type { Account, Accounts } from '../../accounts/ui/use-accounts.ts'
import type { Draft } from '../../connectors/contract.ts'
import type { Composition, Place } from './composition.ts'
import type { AccountIssue, Outgoing } from './use-issues.ts'

export interface Composer {
  composition: Composition
  update: (change: (composition: Composition) => Composition) => void
  place: Place
  setPlace: (place: Place) => void
  words: Draft
  edit: (change: (words: Draft) => Draft) => void
  accounts: Accounts
  /** Chosen accounts, in the order of the list. */
  chosen: Account[]
  /** Those whose post is what is edited now. */
  concerned: Account[]
  issues: AccountIssue[]
  /** Tells for which instant the post is meant, so that it is checked as of then; null: now. */
  planFor: (at: string | null) => void
  outgoing: Outgoing
  /** Accounts whose post is out or on its way, and cannot change. */
  locked: ReadonlySet<string>
  /** Why the words at this place cannot change; null: they can. */
  closed: string | null
  orgId: string
}

export const ComposerContext = createContext<Composer | null>(null)

export function useComposer(): Composer {
  const composer = use(ComposerContext)
  if (!composer) throw new Error('useComposer outside the composer')
  return composer
}
