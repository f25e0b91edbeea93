// Tells colleagues that they are named in a note.

import type { Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { readActiveMembers } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mentionedIn } from './mentioned.ts'
import type { ConversationRow } from './store.ts'

type Telling = Pick<Services, 'queue' | 'mailer' | 'clock' | 'publicUrl'>

export async function tellMentioned(
  services: Telling,
  tx: Tx,
  { orgId, memberId }: Caller,
  { conversation: { id }, note }: { conversation: ConversationRow; note: string },
): Promise<void> {
  if (!note.includes('@')) return
  const members = await readActiveMembers(tx, orgId)
  const memberIds = mentionedIn(note, members).flatMap((member) => (member.id === memberId ? [] : [member.id]))
  const name = members.find((member) => member.id === memberId)?.name ?? ''
  await notify(tx, services, orgId, {
    memberIds,
    kind: 'conversation-mentioned',
    facts: { name, note: note.slice(0, 300) },
    subject: { kind: 'conversation', id },
    mail: {
      subject: `${name} mentioned you in a note`,
      text: `“${note}”\n\nThe conversation: ${linkTo(services.publicUrl, orgId, `inbox/${id}`)}\n`,
    },
  })
}
