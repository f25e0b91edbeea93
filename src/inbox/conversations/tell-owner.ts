// Tells whoever a colleague gave a conversation to.

import type { Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import type { Services } from '../../services.ts'
import type { ConversationRow } from './store.ts'

type Deps = Pick<Services, 'clock' | 'queue' | 'mailer' | 'publicUrl'>

export const tellOwner = (
  services: Deps,
  tx: Tx,
  { org_id, id, preview }: Pick<ConversationRow, 'org_id' | 'id' | 'preview'>,
  { ownerId, note }: { ownerId: string; note: string },
): Promise<void> =>
  notify(tx, services, org_id, {
    memberIds: [ownerId],
    kind: 'conversation-assigned',
    facts: { preview, note },
    subject: { kind: 'conversation', id },
    mail: {
      subject: 'A conversation is yours to answer',
      text: `${note ? `${note}\n\n` : ''}“${preview}”\n\nAnswer it: ${linkTo(services.publicUrl, org_id, `inbox/${id}`)}\n`,
    },
  })
