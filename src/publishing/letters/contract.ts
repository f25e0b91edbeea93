// Routes of newsletters: subscribers with their consent, issues with what became of them, the public addresses.

import { z } from 'zod'
import { inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { mailAddress, subscriberStates } from './types.ts'

export const subscriberView = z.object({
  id: z.uuid(),
  address: z.string(),
  name: z.string(),
  state: z.enum(subscriberStates),
  stateSince: instant,
  source: z.enum(['form', 'member']),
  consent: z.string(),
  confirmedAt: instant.nullable(),
  lastBounce: z.string().nullable(),
})

export const issueView = z.object({
  key: z.string(),
  accountId: z.uuid(),
  subject: z.string(),
  url: z.string(),
  begunAt: instant,
  finishedAt: instant.nullable(),
  /** Everybody who was subscribed when it began. */
  recipients: z.number().int(),
  sent: z.number().int().describe('Taken by the mail server; whether it was read is not counted'),
  refused: z.number().int(),
  bounced: z.number().int(),
  unknown: z.number().int().describe('The line broke while it was sent; never sent again'),
  leftOut: z.number().int().describe('Left before their letter was sent'),
  open: z.number().int(),
})

/** What became of one address of a list. */
export const added = z.object({
  address: z.string(),
  outcome: z.enum(['added', 'already', 'not-an-address', 'left-before', 'complained-before']),
})

const ofNewsletter = { account: z.uuid().describe('Id of the newsletter’s account') }

export const lettersContract = {
  letters: {
    subscribers: route('letters.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/newsletters/{account}/subscribers',
        summary: 'Subscribers, newest first',
      })
      .input(
        pageInput.extend({
          ...ofNewsletter,
          state: z.enum(subscriberStates).optional(),
          q: z.string().max(200).optional(),
        }),
      )
      .output(pageOf(subscriberView)),
    facts: route('letters.read')
      .route({ method: 'GET', path: '/orgs/{org}/newsletters/{account}', summary: 'Counts and public addresses' })
      .input(inOrgInput.extend(ofNewsletter))
      .output(
        z.object({
          name: z.string(),
          counts: z.record(z.enum(subscriberStates), z.number().int()),
          formUrl: z.string().describe('Page with the form, to link or to embed'),
          bounceUrl: z
            .string()
            .nullable()
            .describe('For the webhook of a mail service; for those who may change subscribers'),
        }),
      ),
    add: route('letters.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/newsletters/{account}/subscribers',
        summary: 'Add people who consented elsewhere, at most 5,000 at a time',
      })
      .input(
        inOrgInput.extend({
          ...ofNewsletter,
          people: z
            .array(z.object({ address: z.string().max(300), name: z.string().max(200).default('') }))
            .min(1)
            .max(5000),
          consent: z.string().trim().min(10).max(500).describe('Where and when they consented; kept with each of them'),
        }),
      )
      .output(z.object({ results: z.array(added) })),
    end: route('letters.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/newsletters/{account}/subscribers/{id}/end',
        summary: 'Take somebody off the list',
      })
      .input(inOrgInput.extend({ ...ofNewsletter, id: z.uuid() }))
      .output(subscriberView),
    erase: route('letters.change')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/newsletters/{account}/subscribers/{id}',
        summary: 'Forget somebody; letters that were sent to them are still counted',
      })
      .input(inOrgInput.extend({ ...ofNewsletter, id: z.uuid() }))
      .output(z.object({ erased: z.literal(true) })),
    issues: route('letters.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/newsletters/{account}/issues',
        summary: 'The last 100 issues, newest first',
      })
      .input(inOrgInput.extend(ofNewsletter))
      .output(z.array(issueView)),
  },
}

export const parseAddress = (given: string): string | null => mailAddress.safeParse(given).data ?? null
