// One letter as one subscriber receives it: the common text, their own link to leave, the sender and the imprint.

import { accountsById } from '../../accounts/session.ts'
import type { Letter } from '../../connectors/letters.ts'
import { inOrg } from '../../db/tx.ts'
import type { Posted } from '../../lib/postman.ts'
import { markOf } from '../../lib/sign.ts'
import type { Services } from '../../services.ts'
import { findLetter, type Send } from './store.ts'

export interface Issue {
  accountId: string
  letter: Letter
  sender: { name: string; address: string; imprint: string }
}

/** null: it is not there any more. */
export async function readIssue({ db }: Pick<Services, 'db'>, orgId: string, key: string): Promise<Issue | null> {
  return inOrg(db, orgId, async (tx) => {
    const row = await findLetter(tx, key)
    const account = row && (await accountsById(tx, [[orgId, row.account_id]])).get(row.account_id)
    return account ? { accountId: account.id, letter: row.letter, sender: senderOf(account) } : null
  })
}

/** As the connector of newsletters keeps it with the account. */
export const senderOf = (account: { instance: unknown }): Issue['sender'] => account.instance as Issue['sender']

type Links = Pick<Services, 'config' | 'publicUrl'>

/** The secret part of a subscriber's own links. `use` keeps a link to confirm from being one to leave. */
export const subscriberToken = (
  { config }: Pick<Services, 'config'>,
  use: 'confirm' | 'leave',
  orgId: string,
  subscriberId: string,
): string => `${orgId}.${subscriberId}.${markOf(config.secrets, `letters ${use}`, `${orgId}.${subscriberId}`)}`

export const leaveUrl = (services: Links, orgId: string, subscriberId: string): string =>
  `${services.publicUrl}/letters/leave/${subscriberToken(services, 'leave', orgId, subscriberId)}`

export function addressedTo(services: Links, { accountId, letter, sender }: Issue, send: Send): Posted {
  const leave = leaveUrl(services, send.org_id, send.subscriber_id)
  const online = `${services.publicUrl}/letters/issues/${send.key}`
  const domain = sender.address.split('@')[1]!
  return {
    from: { name: sender.name, address: sender.address },
    to: send.address,
    subject: letter.subject,
    // The same for every try, so that a mailbox that got it twice can tell.
    messageId: `<${send.key}.${send.subscriber_id}@${domain}>`,
    headers: {
      // RFC 8058: one click in the mail program, without a page.
      'List-Unsubscribe': `<${leave}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': listId(sender.name, `${accountId}.${domain}`),
      Precedence: 'bulk',
      'Auto-Submitted': 'auto-generated',
    },
    text: `${letter.text}\n\n-- \n${sender.name}, ${sender.imprint}\nRead it online: ${online}\nLeave this newsletter: ${leave}\n`,
    html: page(letter, { sender, leave, online }),
  }
}

/** RFC 2919: the same for every issue, as readers sort their mail by it. Other letters than ASCII would need more words around it. */
const listId = (name: string, id: string): string =>
  /^[\x20-\x7e]+$/.test(name) ? `"${name.replaceAll(/["\\]/g, ' ')}" <${id}>` : `<${id}>`

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Mail programs know tables and inline styles; one column of 600 pixels reads well in all of them. */
function page(
  letter: Letter,
  { sender, leave, online }: { sender: Issue['sender']; leave: string; online: string },
): string {
  const preview = letter.preview
    ? `<div style="display:none;max-height:0;overflow:hidden">${escaped(letter.preview)}</div>`
    : ''
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escaped(letter.subject)}</title>
<style>img{max-width:100%;height:auto}figure{margin:16px 0}blockquote{margin:16px 0;padding-left:12px;border-left:3px solid #c9c4bb}a{color:#a63d12}</style></head>
<body style="margin:0;padding:0">${preview}<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;font:16px/1.55 system-ui,-apple-system,Segoe UI,Helvetica,Arial,sans-serif"><tr><td>
<h1 style="font-size:26px;line-height:1.25;margin:0 0 16px">${escaped(letter.subject)}</h1>
${letter.html}
<hr style="border:0;border-top:1px solid #c9c4bb;margin:32px 0 12px">
<p style="font-size:13px;color:#6b665e">${escaped(sender.name)}, ${escaped(sender.imprint)}<br>
<a href="${escaped(online)}" style="color:#6b665e">Read it online</a> · <a href="${escaped(leave)}" style="color:#6b665e">Leave this newsletter</a></p>
</td></tr></table></td></tr></table></body></html>`
}
