// The public side of newsletters: the form, the links in letters, issues to read online, and what mail services report.

import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { uuidPattern } from '../../lib/ids.ts'
import { isMark } from '../../lib/sign.ts'
import type { Services } from '../../services.ts'
import { bouncesIn } from './bounce-formats.ts'
import { takeBounce } from './bounces.ts'
import { findIssue, issuePicture } from './online.ts'
import { asksTooOften } from './pace.ts'
import { askPage, confirmPage, goneAway, issuePage, leavePage, leftPage, tellPage } from './pages.ts'
import type { SubscriberRow } from './store-subscribers.ts'
import {
  askToSubscribe,
  confirmSubscription,
  consentWords,
  holderOf,
  isAwaited,
  leaveNewsletter,
  type Newsletter,
  newsletterAt,
  readHolder,
} from './subscribe.ts'
import { mailAddress } from './types.ts'

const place = `:place{${uuidPattern}\\.${uuidPattern}}`
const small = bodyLimit({
  maxSize: 200_000,
  onError: (c) => c.html(tellPage('That was too much', 'Please send less.'), 413),
})

export function mountLetters(app: Hono, services: Services): void {
  const letters = new Hono()
  letters.use('*', async (c, next) => {
    await next()
    // Links carry who reads: no other site hears of them, and no search engine keeps them.
    c.res.headers.set('referrer-policy', 'no-referrer')
    c.res.headers.set('x-robots-tag', 'noindex')
  })
  letters.post('*', small)
  mountForm(letters, services)
  mountHolders(letters, services)
  mountReading(letters, services)
  letters.post('/bounces/:token', (c) => bounced(services, c))
  app.route('/letters', letters)
}

// ── The form ────────────────────────────────────────────────────────────────────────────────────────────────────────

function mountForm(letters: Hono, services: Services): void {
  letters.get(`/join/${place}`, async (c) => {
    const newsletter = await newsletterOf(services, c.req.param('place'))
    if (!newsletter) return c.html(goneAway(), 404)
    return c.html(askPage(newsletter.name, consentWords(newsletter.name)))
  })
  letters.post(`/join/${place}`, async (c) => {
    const newsletter = await newsletterOf(services, c.req.param('place'))
    if (!newsletter) return c.html(goneAway(), 404)
    const form = await c.req.parseBody().catch(() => ({}) as Record<string, string | File>)
    const words = consentWords(newsletter.name)
    const address = mailAddress.safeParse(form.address)
    if (!address.success) {
      const given = typeof form.address === 'string' ? form.address.slice(0, 300) : ''
      return c.html(askPage(newsletter.name, words, { address: given, fault: 'This is not a mail address.' }), 422)
    }
    // A field that people do not see: who fills it in is a program.
    const program = typeof form.website === 'string' && form.website !== ''
    if (!program) {
      if (await asksTooOften(services, newsletter))
        return c.html(tellPage('Please try again later', 'Many people ask at this moment. Nothing was sent.'), 429)
      const name = typeof form.name === 'string' ? form.name.trim().slice(0, 200) : ''
      await askToSubscribe(services, newsletter, { address: address.data, name })
    }
    return c.html(
      tellPage(
        'Look into your mailbox',
        `A letter to ${address.data} asks you to confirm. Nothing else is sent until you do.`,
      ),
    )
  })
}

function newsletterOf(services: Pick<Services, 'db'>, at: string): Promise<Newsletter | null> {
  const [orgId = '', accountId = ''] = at.split('.')
  return newsletterAt(services, orgId, accountId)
}

// ── Links in letters ────────────────────────────────────────────────────────────────────────────────────────────────

function mountHolders(letters: Hono, services: Services): void {
  // Mail programs and scanners open every link: nothing changes before a person presses the button.
  letters.get('/confirm/:token', async (c) => {
    const facts = await holderFacts(services, c, 'confirm')
    if (!facts) return c.html(goneAway(), 404)
    if (facts.row.state === 'confirmed') return c.html(tellPage('You are subscribed', `“${facts.name}” comes to you.`))
    if (!isAwaited(facts.row)) return c.html(goneAway(), 410)
    return c.html(confirmPage(facts.name, facts.row.address))
  })
  letters.post('/confirm/:token', async (c) => {
    const holder = holderOf(services, 'confirm', c.req.param('token'))
    const facts = holder && (await readHolder(services, holder))
    if (!facts || !(await confirmSubscription(services, holder!))) return c.html(goneAway(), 404)
    return c.html(tellPage('You are subscribed', `“${facts.name}” comes to ${facts.row.address}.`))
  })
  letters.get('/leave/:token', async (c) => {
    const facts = await holderFacts(services, c, 'leave')
    if (!facts) return c.html(goneAway(), 404)
    return c.html(facts.row.state === 'left' ? left(services, facts) : leavePage(facts.name, facts.row.address))
  })
  // Also without any page, by the mail program itself (RFC 8058).
  letters.post('/leave/:token', async (c) => {
    const holder = holderOf(services, 'leave', c.req.param('token'))
    const facts = holder && (await readHolder(services, holder))
    if (!facts || !(await leaveNewsletter(services, holder!))) return c.html(goneAway(), 404)
    return c.html(left(services, facts))
  })
}

const left = ({ publicUrl }: Services, { name, row }: { name: string; row: SubscriberRow }) =>
  leftPage(name, `${publicUrl}/letters/join/${row.org_id}.${row.account_id}`)

async function holderFacts(services: Services, c: Context, use: 'confirm' | 'leave') {
  const holder = holderOf(services, use, c.req.param('token') ?? '')
  return holder && readHolder(services, holder)
}

// ── Reading, and what comes back ────────────────────────────────────────────────────────────────────────────────────

function mountReading(letters: Hono, services: Services): void {
  letters.get('/issues/:key{[0-9a-f]{32}}', async (c) => {
    const issue = await findIssue(services, c.req.param('key'))
    return issue ? c.html(issuePage(issue)) : c.html(goneAway(), 404)
  })
  letters.get(`/issues/:key{[0-9a-f]{32}}/pictures/:id{${uuidPattern}}`, async (c) => {
    const { key, id } = c.req.param()
    const file = await issuePicture(services, key, id)
    if (!file) return c.notFound()
    return c.body(file.open(), 200, {
      'content-type': file.type,
      'content-length': String(file.bytes),
      'cache-control': 'public, max-age=31536000, immutable',
      // Mail programs show pictures from another origin than their own.
      'cross-origin-resource-policy': 'cross-origin',
    })
  })
}

async function bounced(services: Services, c: Context): Promise<Response> {
  const [orgId = '', accountId = '', shown = ''] = (c.req.param('token') ?? '').split('.')
  const known = isMark(services.config.secrets, 'letters bounces', `${orgId}.${accountId}`, shown)
  if (!known) return c.json({ code: 'not-known' }, 404)
  const bounces = bouncesIn(await c.req.json().catch(() => null))
  if (!bounces) return c.json({ code: 'form-not-known' }, 422)
  let taken = 0
  for (const bounce of bounces) if (await takeBounce(services, { orgId, accountId }, bounce)) taken++
  return c.json({ taken })
}
