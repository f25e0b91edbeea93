// Tells whoever answers for a process that its day of review has come.

import { asSystem } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { readWhoAnswers } from '../../people/directory.ts'
import type { Services } from '../../services.ts'
import { markDue } from './store.ts'

const mostTold = 200

/** Once for each day of review; where owner and deputy have left, those who run the organisation. */
export const tellDueProcesses = (
  services: Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>,
): Promise<void> =>
  asSystem(services.db, async (tx) => {
    for (const { org_id, id, name, owner_id, deputy_id, review_on } of await markDue(tx, services.clock(), mostTold))
      await notify(tx, services, org_id, {
        memberIds: await readWhoAnswers(tx, org_id, owner_id, deputy_id),
        kind: 'process-review-due',
        facts: { name, reviewOn: review_on },
        subject: { kind: 'process', id },
        mail: {
          subject: `Is it still true? The process “${name}”`,
          text: `Its day of review has come. Say that it is still true, or write a new version.\n\nProcesses: ${linkTo(services.publicUrl, org_id, 'programme/processes')}\n`,
        },
      })
  })
