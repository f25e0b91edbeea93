// Tells the person who wrote a post that it needs them: refused, in doubt, or waiting for its account. Once for each time.

import { sql } from 'kysely'
import { asSystem, inOrg, type Tx } from '../db/tx.ts'
import { notify } from '../events/notify.ts'
import type { NewNotification } from '../events/types.ts'
import { linkTo } from '../lib/links.ts'
import type { Services } from '../services.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

interface Troubled {
  state: 'rejected' | 'unconfirmed' | 'parked'
  /** null: it is an answer, of a conversation. What it says is told there alone. */
  post_id: string | null
  conversation_id: string | null
  summary: string | null
  member_id: string
  account: string
  /** Parts that are published. */
  out: number
}

const sentences: Record<Troubled['state'], (account: string, out: number) => string> = {
  rejected: (account, out) =>
    out === 0
      ? `${account} did not accept the post. Nothing was published there.`
      : `${account} did not accept the rest of the thread. Its first ${out === 1 ? 'part is' : `${out} parts are`} published there.`,
  unconfirmed: (account) => `Nobody can tell whether the post went out on ${account}. Please look and decide.`,
  parked: (account) => `The post waits until ${account} is connected again.`,
}

const answerSentences: Record<Troubled['state'], (account: string) => string> = {
  rejected: (account) => `${account} did not accept your answer. Nothing was sent, and its words are kept.`,
  unconfirmed: (account) => `Nobody can tell whether your answer went out on ${account}. Please look and decide.`,
  parked: (account) => `Your answer waits until ${account} is connected again.`,
}

/** Answers how many were announced. */
export async function announceTroubledPosts(services: Deps): Promise<number> {
  const orgs = await asSystem(services.db, async (tx) => {
    const found = await sql<{ org_id: string }>`select distinct org_id from variants
      where state in ('rejected', 'unconfirmed', 'parked') and announced is distinct from state`.execute(tx)
    return found.rows.map((row) => row.org_id)
  })
  let count = 0
  for (const orgId of orgs) count += await inOrg(services.db, orgId, (tx) => announceIn(services, tx, orgId))
  return count
}

async function announceIn(services: Deps, tx: Tx, orgId: string): Promise<number> {
  const found = await sql<Troubled>`
    with told as (
      update variants v set announced = v.state
      where v.org_id = ${orgId} and v.state in ('rejected', 'unconfirmed', 'parked') and v.announced is distinct from v.state
      returning v.org_id, v.post_id, v.answer_id, v.account_id, v.state, (select count(*)::int from parts r where r.org_id = v.org_id
        and r.variant_id = v.id and r.revision = v.revision and r.published_at is not null) as out)
    select told.out, told.post_id, told.state, w.conversation_id, p.summary, coalesce(p.updated_by, w.updated_by) as member_id, a.name as account
    from told left join posts p on p.org_id = told.org_id and p.id = told.post_id
      left join answers w on w.org_id = told.org_id and w.id = told.answer_id
      join accounts a on a.org_id = told.org_id and a.id = told.account_id`.execute(tx)
  for (const each of found.rows) await notify(tx, services, orgId, newsOf(each, services.publicUrl, orgId))
  return found.rows.length
}

function newsOf(troubled: Troubled, publicUrl: string, orgId: string): NewNotification {
  const { state, account, out, member_id: memberId } = troubled
  if (troubled.conversation_id !== null)
    return {
      memberIds: [memberId],
      kind: `answer-${state}`,
      facts: { account },
      subject: { kind: 'conversation', id: troubled.conversation_id },
      mail: {
        subject: `${account}: an answer of yours needs you`,
        text: `${answerSentences[state](account)}\n\n${linkTo(publicUrl, orgId, `inbox/${troubled.conversation_id}`)}\n`,
      },
    }
  const summary = troubled.summary ?? ''
  return {
    memberIds: [memberId],
    kind: `post-${state}`,
    facts: { summary, account },
    subject: { kind: 'post', id: troubled.post_id },
    mail: {
      subject: `${account}: a post needs you`,
      text: `${sentences[state](account, out)}\n\n“${summary}”\n\n${linkTo(publicUrl, orgId, `posts/${troubled.post_id}`)}\n`,
    },
  }
}
