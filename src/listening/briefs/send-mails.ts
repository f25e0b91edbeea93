// Mails briefs and reminders, one by one: on record before the mail server is asked, settled by its word, never sent again in doubt.

import { asSystem, inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import type { Posted } from '../../lib/postman.ts'
import { longrunItself } from '../../people/types.ts'
import { escaped } from '../../publishing/letters/issue.ts'
import { sendingLeaseMs, settle } from '../../publishing/letters/rules.ts'
import type { Services } from '../../services.ts'
import { readerUrl } from './reader-link.ts'
import { remindAfterMs, reminderText, weekText } from './rules.ts'
import { findListeningBrief, takeUnreminded } from './store.ts'
import { addMails, type BriefMail, claimMail, doubtAbandonedMails, settleMail } from './store-mails.ts'
import { letterOf, organisationName } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'mailer' | 'config' | 'publicUrl' | 'sealer'>

/** A run ends after so many, sooner than a stop of Longrun waits for it; the next one goes on. */
const mostInRun = 200

/** Answers whether more may wait. */
export async function sendDueBriefs(services: Deps): Promise<boolean> {
  const { db, clock, mailer } = services
  await asSystem(db, (tx) => doubtAbandonedMails(tx, new Date(clock().getTime() - sendingLeaseMs), clock()))
  if (!mailer.available) return false
  const postman = mailer.open()
  try {
    for (let sent = 0; sent < mostInRun; sent++) {
      const mail = await asSystem(db, (tx) => claimMail(tx, clock()))
      if (!mail) return false
      if (mail.state === 'left-out') continue
      const letter = await addressed(services, mail)
      const posting = await postman.post(letter)
      const now = clock()
      await asSystem(db, (tx) => settleMail(tx, mail, settle(posting, mail.tries, now), now))
    }
    return true
  } finally {
    postman.close()
  }
}

const addressed = (services: Deps, mail: BriefMail): Promise<Posted> =>
  inOrg(services.db, mail.org_id, async (tx) => {
    const { config, publicUrl } = services
    const { org_id: orgId, brief_id: briefId, member_id: memberId } = mail
    const brief = (await findListeningBrief(tx, orgId, briefId))!
    const confirmUrl = readerUrl(services, { orgId, briefId, memberId })
    const organisation = await organisationName(tx, orgId)
    const readUrl = linkTo(publicUrl, orgId, `listen/briefs/${briefId}`)
    const reminder = mail.kind === 'reminder'
    const text = reminder
      ? reminderText({ organisation, week: brief.week, readUrl, confirmUrl })
      : await letterOf(tx, brief, { publicUrl, confirmUrl })
    const from = senderOf(config.mailFrom)
    return {
      from,
      to: mail.address,
      subject: `${reminder ? 'Reminder: listening' : 'Listening'} brief, ${weekText(brief.week)}`,
      // The same for every try, so that a mailbox that got it twice can tell.
      messageId: `<brief.${briefId}.${memberId}.${mail.kind}@${from.address.split('@')[1] ?? 'localhost'}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      text,
      html: `<div style="white-space:pre-wrap;font:15px/1.5 system-ui,sans-serif;max-width:640px">${withLinks(escaped(text))}</div>`,
    }
  })

const withLinks = (html: string): string =>
  html.replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url.replaceAll('"', '')}">${url}</a>`)

/** `Longrun <longrun@example.org>` or an address alone. */
function senderOf(mailFrom: string): Posted['from'] {
  const [, name = '', address] = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(mailFrom) ?? []
  return address ? { name, address } : { name: '', address: mailFrom.trim() }
}

/** A job: who said nothing for three days is reminded, once. */
export async function remindReaders(services: Deps & Pick<Services, 'queue'>): Promise<number> {
  const { db, clock, mailer } = services
  const now = clock()
  return asSystem(db, async (tx) => {
    const taken = await takeUnreminded(tx, new Date(now.getTime() - remindAfterMs), now)
    for (const [briefId, readers] of Map.groupBy(taken, ({ brief_id }) => brief_id)) {
      const { org_id: orgId, week } = readers[0]!
      const memberIds = readers.map(({ member_id }) => member_id)
      const [subject, facts] = [{ kind: 'listening-brief', id: briefId }, { week: weekText(week) }]
      await notify(tx, services, orgId, { memberIds, kind: 'listening-brief-reminded', facts, subject })
      if (mailer.available) await addMails(tx, orgId, { briefId, memberIds, kind: 'reminder', at: now })
      const event = { verb: 'listening-brief.reminded', subject, facts: { ...facts, readers: memberIds.length } }
      await record(tx, orgId, longrunItself, now, event)
    }
    return taken.length
  })
}
