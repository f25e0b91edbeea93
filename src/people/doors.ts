// Leads links in mails to the page of the web app. Signing in, where it is needed, happens there.

import type { Hono } from 'hono'
import { asSystem } from '../db/tx.ts'
import { uuidPattern } from '../lib/ids.ts'
import { notFound } from '../lib/refusal.ts'
import type { Services } from '../services.ts'

export function mountLinks(app: Hono, { db }: Pick<Services, 'db'>): void {
  app.get(`/go/:org{${uuidPattern}}/:page{[a-z0-9/-]+}`, async (c) => {
    const { org, page } = c.req.param()
    const slug = await slugOf(db, org)
    if (!slug) throw notFound('organisation')
    return c.redirect(`/o/${slug}/${page}`, 303)
  })
}

export const slugOf = (db: Services['db'], orgId: string): Promise<string | null> =>
  asSystem(
    db,
    async (tx) =>
      (await tx.selectFrom('organisations').select('slug').where('id', '=', orgId).executeTakeFirst())?.slug ?? null,
  )
