// Routes of links: the rules, short links with their clicks, and the clicks of one post.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route, timeZone } from '../../lib/route.ts'
import { linkRules } from './types.ts'

const clicks = {
  /** Requests for the link by what looks like a person's browser; one person who clicks twice counts twice. */
  people: z.number().int(),
  /** Machines that looked at it: previews of chats and networks, search engines, browsers that read ahead. */
  bots: z.number().int(),
}

export const linkView = z.object({
  id: z.uuid(),
  shortUrl: z.string(),
  target: z.string(),
  /** Of one made by hand. */
  name: z.string(),
  createdAt: instant,
  removedAt: instant.nullable(),
  lastClickAt: instant.nullable(),
  /** null: made by hand. */
  postId: z.uuid().nullable(),
  accountId: z.uuid().nullable(),
  summary: z.string().nullable(),
  ...clicks,
})

export const rulesView = z.object({
  rules: linkRules,
  /** Where short links begin. */
  base: z.string(),
})

export const clicksOfPost = z.array(
  z.object({
    variantId: z.uuid(),
    accountId: z.uuid(),
    ...clicks,
    /** Since when they are counted. */
    since: instant,
    links: z.array(linkView),
  }),
)

export const clickDays = z.array(
  z.object({
    /** `2026-11-23`, in the zone that was asked for. */
    day: z.iso.date(),
    /** null: there was no link to follow yet. */
    people: z.number().int().nullable(),
    bots: z.number().int().nullable(),
  }),
)

export const linksContract = {
  links: {
    rules: route('links.read')
      .route({ method: 'GET', path: '/orgs/{org}/links/rules', summary: 'How links are decorated' })
      .input(inOrgInput)
      .output(rulesView),
    changeRules: route('links.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/links/rules',
        summary: 'Decorate links otherwise, in all that is scheduled from now on',
      })
      .input(inOrgInput.extend(linkRules.shape))
      .output(rulesView),
    list: route('links.read')
      .route({ method: 'GET', path: '/orgs/{org}/links', summary: 'Short links and their clicks' })
      .input(
        pageInput.extend({
          q: z.string().max(200).optional().describe('A part of the target or of the name'),
          accountId: z.uuid().optional(),
          campaignId: z.uuid().optional(),
          order: z.enum(['newest', 'clicks']).default('newest'),
        }),
      )
      .output(pageOf(linkView)),
    read: route('links.read')
      .route({ method: 'GET', path: '/orgs/{org}/links/{id}', summary: 'One short link' })
      .input(byId)
      .output(linkView),
    clicks: route('links.read')
      .route({ method: 'GET', path: '/orgs/{org}/links/clicks', summary: 'Clicks by day, of one short link or of all' })
      .input(
        inOrgInput.extend({
          linkId: z.uuid().optional().describe('Left out: all links'),
          days: z.coerce.number().int().min(1).max(366).default(30).describe('The last so many days, with today'),
          zone: timeZone.default('UTC').describe('Whose days'),
        }),
      )
      .output(clickDays),
    create: route('links.change')
      .route({ method: 'POST', path: '/orgs/{org}/links', successStatus: 201, summary: 'Make a short link by hand' })
      .input(
        inOrgInput.extend({
          target: z
            .string()
            .trim()
            .min(1)
            .max(8000)
            .meta({ examples: ['https://example.org/'] }),
          name: z.string().trim().max(200).default(''),
        }),
      )
      .output(linkView),
    remove: route('links.change')
      .route({ method: 'DELETE', path: '/orgs/{org}/links/{id}', summary: 'Let a short link lead nowhere' })
      .input(byId)
      .output(linkView),
    restore: route('links.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/links/{id}/restore',
        summary: 'Let a removed short link lead on again',
      })
      .input(byId)
      .output(linkView),
    ofPost: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/posts/{id}/clicks', summary: 'Clicks of a post by account and link' })
      .input(byId)
      .output(clicksOfPost),
  },
}
