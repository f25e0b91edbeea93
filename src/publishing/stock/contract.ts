// Routes of stock and freshness: days of ready content, what still lives, the recycled share, evergreen content, half-lives.

import { z } from 'zod'
import { contentKinds } from '../../connectors/contract.ts'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { contentSettings } from './types.ts'

const share = z.object({
  recycled: z.number().int(),
  n: z.number().int().describe('Posts of the last 90 days'),
  share: z.number().nullable().describe('null: nothing went out'),
  over: z.boolean().describe('Above the limit, of at least 5 posts'),
})

const gaps = z
  .object({
    days: z.number().describe('Days looked at; fewer where the account is younger'),
    count: z.number().int(),
    share: z.number().describe('Share of that time without living content'),
    longestHours: z.number(),
  })
  .nullable()

export const accountStock = z.object({
  accountId: z.uuid(),
  ready: z.number().int().describe('Scheduled ahead, and approved drafts'),
  pace: z.object({ perDay: z.number(), from: z.enum(['slots', 'last-28-days']) }).nullable(),
  days: z.number().nullable().describe('ready ÷ pace; null: no slots and nothing published in 28 days'),
  low: z.boolean(),
  lastReadyAt: instant.nullable().describe('When the last ready post goes out'),
  living: z.number().int().nullable().describe('null: no half-life is known for this channel'),
  lastEndsAt: instant.nullable(),
  lastPublishedAt: instant.nullable(),
  nextGapAt: instant.nullable().describe('When nothing will be alive any more; null: that is so now'),
  ahead: z
    .array(
      z.object({
        day: z.iso.date().describe('In the time zone of the organisation; the first one is what is left of today'),
        alive: z.number().int().describe('Items, out or scheduled, that live at some time of the day'),
        emptyHours: z.number().describe('Hours of it in which nothing will be alive'),
      }),
    )
    .nullable()
    .describe('The next 14 days, with what is scheduled; null: no half-life is known for this channel'),
  gaps30: gaps,
  gaps90: gaps,
  recycled: share,
})

export const lowStock = z.object({
  accountId: z.uuid(),
  ready: z.number().int(),
  days: z.number().describe('For which what is ready lasts'),
})

export const departmentReuse = z.object({
  departmentId: z.uuid().nullable(),
  original: z.number().int(),
  adapted: z.number().int(),
  recycled: z.number().int(),
  lent: z.number().int().describe('Posts of other departments that were made from its posts'),
})

export const shelfLifeLine = z.object({
  connector: z.string(),
  kind: z.enum(contentKinds),
  defaultMinutes: z.number().nullable(),
  source: z.string().nullable(),
  ownMinutes: z.number().nullable(),
  usedMinutes: z.number().nullable().describe('What counts: one’s own, else the default times the sector factor'),
})

export const stockView = z.object({
  at: instant,
  settings: contentSettings,
  accounts: z.array(accountStock),
  recycled: share,
  departments: z.array(departmentReuse),
})

const living = z.object({
  postId: z.uuid(),
  variantId: z.uuid(),
  accountId: z.uuid(),
  summary: z.string(),
  url: z.string().nullable(),
  publishedAt: instant,
  halfLifeMinutes: z.number(),
  livesUntil: instant,
})

export const lifeLine = z.object({
  variantId: z.uuid(),
  accountId: z.uuid(),
  kind: z.enum(contentKinds),
  publishedAt: instant,
  ageMinutes: z.number(),
  halfLifeMinutes: z.number().nullable().describe('null: no half-life is known for this channel'),
  shelfLifeMinutes: z.number().nullable().describe('Three half-lives: how long it counts as alive'),
  livesUntil: instant.nullable(),
})

export const stockContract = {
  stock: {
    read: route('stock.read')
      .route({ method: 'GET', path: '/orgs/{org}/stock', summary: 'Stock and freshness of every account' })
      .input(inOrgInput)
      .output(stockView),
    low: route('stock.read')
      .route({ method: 'GET', path: '/orgs/{org}/stock/low', summary: 'Accounts whose content runs dry' })
      .input(inOrgInput)
      .output(z.array(lowStock)),
    evergreen: route('stock.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/stock/evergreen',
        summary: 'Living content with a half-life of more than 30 days, newest first',
      })
      .input(pageInput)
      .output(pageOf(living)),
    living: route('stock.read')
      .route({ method: 'GET', path: '/orgs/{org}/stock/living', summary: 'All living content, newest first' })
      .input(pageInput)
      .output(pageOf(living)),
    lives: route('stock.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/posts/{id}/lives',
        summary: 'Age against shelf life of a post, for each account on which it is out',
      })
      .input(byId)
      .output(z.array(lifeLine)),
    settings: route('stock.change')
      .route({
        method: 'PATCH',
        path: '/orgs/{org}/stock/settings',
        summary: 'Limit of recycled content, warnings, sector',
      })
      .input(inOrgInput.extend(contentSettings.partial().shape))
      .output(contentSettings),
    shelfLives: route('stock.read')
      .route({ method: 'GET', path: '/orgs/{org}/stock/shelf-lives', summary: 'Half-lives by channel and kind' })
      .input(inOrgInput)
      .output(z.array(shelfLifeLine)),
    setShelfLife: route('stock.change')
      .route({
        method: 'PUT',
        path: '/orgs/{org}/stock/shelf-lives/{connector}/{kind}',
        summary: 'Set the half-life of a kind on a channel; null: as the default says',
      })
      .input(
        inOrgInput.extend({
          connector: z.string().max(50),
          kind: z.enum(contentKinds),
          minutes: z.number().int().min(1).max(20_000_000).nullable(),
        }),
      )
      .output(z.array(shelfLifeLine)),
  },
}
