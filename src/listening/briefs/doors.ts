// The link in a brief's mail, which works without signing in: a page with a button, for mail scanners open every link and read nothing.

import { type Context, Hono } from 'hono'
import { inOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { memberNames } from '../../people/names.ts'
import { buttonPage, goneAway, tellPage } from '../../publishing/letters/pages.ts'
import type { Services } from '../../services.ts'
import { type Reader, readerOf } from './reader-link.ts'
import { weekText } from './rules.ts'
import { findListeningBrief, lockListeningBrief, markRead, receiptRows } from './store.ts'
import { organisationName } from './views.ts'

type Deps = Pick<Services, 'db' | 'sealer' | 'clock'>

export function mountBriefReading(app: Hono, services: Deps): void {
  const reading = new Hono()
  reading.use('*', async (c, next) => {
    await next()
    c.res.headers.set('referrer-policy', 'no-referrer')
    c.res.headers.set('x-robots-tag', 'noindex')
    c.res.headers.set('cache-control', 'no-store')
  })
  reading.get('/:token', async (c) => answer(c, await standingOf(services, readerOf(services, c.req.param('token')))))
  reading.post('/:token', async (c) => {
    const reader = readerOf(services, c.req.param('token'))
    const standing = await standingOf(services, reader)
    if (reader && standing?.state === 'published' && !standing.readAt) {
      await confirmByLink(services, reader)
      return answer(c, await standingOf(services, reader))
    }
    return answer(c, standing)
  })
  app.route('/listening-briefs/read', reading)
}

interface Standing {
  organisation: string
  week: string
  state: string
  readAt: Date | null
}

async function standingOf({ db }: Deps, reader: Reader | null): Promise<Standing | null> {
  if (!reader) return null
  return inOrg(db, reader.orgId, async (tx) => {
    const brief = await findListeningBrief(tx, reader.orgId, reader.briefId)
    if (!brief) return null
    const receipt = (await receiptRows(tx, reader.orgId, brief.id)).find((each) => each.member_id === reader.memberId)
    if (!receipt) return null
    const organisation = await organisationName(tx, reader.orgId)
    return { organisation, week: weekText(brief.week), state: brief.state, readAt: receipt.read_at }
  })
}

function answer(c: Context, standing: Standing | null): Response | Promise<Response> {
  if (!standing) return c.html(goneAway(), 404)
  const title = `Listening brief of ${standing.organisation}, ${standing.week}`
  if (standing.state !== 'published') return c.html(tellPage(title, 'It was taken back. There is nothing to do.'), 410)
  if (standing.readAt) return c.html(tellPage(title, 'Thank you. It is noted that you have read it.'))
  return c.html(buttonPage(title, 'Have you read it?', 'I have read it'))
}

const confirmByLink = ({ db, clock }: Deps, { orgId, briefId, memberId }: Reader): Promise<void> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    const brief = await lockListeningBrief(tx, orgId, briefId)
    if (brief?.state !== 'published') return
    if (!(await markRead(tx, orgId, { briefId, memberId, by: 'link', at }))) return
    const name = (await memberNames(tx, orgId, [memberId])).get(memberId)
    await record(tx, orgId, { kind: 'member', id: memberId }, at, {
      verb: 'listening-brief.read',
      subject: { kind: 'listening-brief', id: briefId },
      facts: { week: weekText(brief.week), name, by: 'link' },
    })
  })
