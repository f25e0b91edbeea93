// The page on which visitors say what they want to know: open by a switch, limited against spam, each question a brief.

import { createHmac } from 'node:crypto'
import type { z } from 'zod'
import { asSystem, inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { firstOf } from '../../lib/storable.ts'
import { type Caller, longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { visitorSettings } from './contract.ts'
import { admitSender, forgetSendersBefore, insertBrief, keepVisitorPage, visitorPage } from './store.ts'

type Settings = z.infer<typeof visitorSettings>

/** Who sent something is remembered so long, as a keyed hash, and not longer. */
const rememberedMs = 3_600_000
const mostOfSender = 5
/** Of all senders together, in that time: a flood from many addresses must not bury the people who read. */
const mostOfAll = 200

export interface Question {
  organisation: string
  question: string
  name: string
  contact: string
  website: string
}

export async function showVisitorPage(
  { db }: Pick<Services, 'db'>,
  { organisation }: { organisation: string },
): Promise<{ name: string; words: string }> {
  const { name, words } = await openPage(db, organisation)
  return { name, words }
}

export async function askAsVisitor(
  services: Pick<Services, 'db' | 'clock' | 'config'>,
  given: Question,
  address: string,
): Promise<{ received: true }> {
  const { id: orgId } = await openPage(services.db, given.organisation)
  // A field that people do not see was filled in: the program that did it learns nothing.
  if (given.website.trim() !== '') return { received: true }
  const at = services.clock()
  await inOrg(services.db, orgId, async (tx) => {
    const limits = { from: new Date(at.getTime() - rememberedMs), at, mostOfSender, mostOfAll }
    if (!(await admitSender(tx, orgId, { sender: senderOf(services, orgId, address), ...limits })))
      throw new Refusal('too-many-requests', { status: 429 })
    const [id, title] = [newId(), titleOf(given.question)]
    await insertBrief(tx, orgId, {
      ...{ id, title, kind: 'visitor-request', use: 'question', material: given.question, by: null, at },
      ...{ askedBy: given.name || null, contact: given.contact || null },
    })
    await record(tx, orgId, longrunItself, at, {
      verb: 'brief.asked',
      subject: { kind: 'brief', id },
      facts: { title },
    })
  })
  return { received: true }
}

/** The first words, whole ones. */
function titleOf(question: string): string {
  const line = question.replaceAll(/\s+/g, ' ')
  if (line.length <= 80) return line
  const cut = firstOf(line, 80)
  return `${cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut}…`
}

/** Whoever reads the database alone cannot find out the address by trying all of them. */
const senderOf = ({ config }: Pick<Services, 'config'>, orgId: string, address: string): string =>
  createHmac('sha256', config.secrets[0]!).update(`visitor ${orgId} ${address}`).digest('base64url')

/** @throws Refusal where there is no such organisation or it does not ask: both look the same. */
async function openPage(db: Services['db'], slug: string): Promise<{ id: string; name: string; words: string }> {
  const found = await asSystem(db, (tx) =>
    tx
      .selectFrom('organisations')
      .innerJoin('content_settings', 'content_settings.org_id', 'organisations.id')
      .select(['organisations.id', 'organisations.name', 'content_settings.visitors_words as words'])
      .where('organisations.slug', '=', slug.toLowerCase())
      .where('content_settings.visitors_since', 'is not', null)
      .executeTakeFirst(),
  )
  if (!found) throw notFound('page')
  return found
}

// ── The switch ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const visitorSettingsOf = (services: Pick<Services, 'db' | 'publicUrl'>, caller: Caller): Promise<Settings> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const { since, words } = await visitorPage(tx, caller.orgId)
    const { slug } = await tx
      .selectFrom('organisations')
      .select('slug')
      .where('id', '=', caller.orgId)
      .executeTakeFirstOrThrow()
    return { openSince: since?.toISOString() ?? null, words, url: `${services.publicUrl}/ask/${slug}` }
  })

export async function openToVisitors(
  services: Pick<Services, 'db' | 'clock' | 'publicUrl'>,
  caller: Caller,
  { open, words }: { open: boolean; words?: string },
): Promise<Settings> {
  await inOrg(services.db, caller.orgId, async (tx) => {
    const [before, at] = [await visitorPage(tx, caller.orgId), services.clock()]
    const since = open ? (before.since ?? at) : null
    await keepVisitorPage(tx, caller.orgId, { since, words: words ?? before.words, by: caller.memberId })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'visitor-page.changed',
      subject: { kind: 'organisation', id: caller.orgId },
      facts: { open },
    })
  })
  return visitorSettingsOf(services, caller)
}

/** A job: nobody's hash outlives its hour because nobody else asked. */
export const forgetSenders = ({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<void> =>
  asSystem(db, (tx) => forgetSendersBefore(tx, new Date(clock().getTime() - rememberedMs)))
