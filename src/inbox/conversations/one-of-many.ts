// What a verb of one conversation does besides where that is one of many: said by whoever changes many, done in the verb's transaction.

import type { Tx } from '../../db/tx.ts'
import type { ConversationRow } from './store.ts'

export interface OneOfMany {
  /** Its new owner is told of all of them at once. */
  isOneOfMany?: true
  /** Under its lock and before anything is changed: refuses what is not to be changed (any more). */
  begin?: (tx: Tx, conversation: ConversationRow) => Promise<void>
  /** Stands with the change, or neither does. */
  end?: (tx: Tx) => Promise<void>
}
