// Routes of imports: a file is opened, looked at in a dry run, run, and undone; and the calendar as a file of the same form.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { dryRun, importSettings, importView } from './types.ts'

export const importLine = importView.omit({ columns: true, settings: true, problems: true, kept: true }).extend({
  problemCount: z.number().int(),
  keptCount: z.number().int(),
})

export const importsContract = {
  imports: {
    open: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/imports',
        successStatus: 201,
        summary: 'Open a CSV or JSON file of posts (multipart/form-data, field `file`); nothing is imported yet',
      })
      .input(inOrgInput.extend({ file: z.file() }))
      .output(importView),
    list: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/imports', summary: 'Imports, newest first' })
      .input(pageInput)
      .output(pageOf(importLine)),
    read: route('posts.read')
      .route({ method: 'GET', path: '/orgs/{org}/imports/{id}', summary: 'One import, with how far it is' })
      .input(byId)
      .output(importView),
    change: route('posts.write')
      .route({ method: 'PATCH', path: '/orgs/{org}/imports/{id}', summary: 'What the columns mean, and defaults' })
      .input(byId.extend({ settings: importSettings.partial() }))
      .output(importView),
    check: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/imports/{id}/check',
        summary: 'Dry run: what would become of each row; nothing is written',
      })
      .input(byId)
      .output(dryRun),
    run: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/imports/{id}/run',
        summary: 'Import the good rows, in the background; scheduling needs the right to',
      })
      .input(byId)
      .output(importView),
    stop: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/imports/{id}/stop',
        summary: 'End it where it is: posts that are made stay, rows without one are named',
      })
      .input(byId)
      .output(importView),
    undo: route('posts.write')
      .route({
        method: 'POST',
        path: '/orgs/{org}/imports/{id}/undo',
        summary: 'Delete its posts that nobody changed and nothing of which went out, in the background',
      })
      .input(byId)
      .output(importView),
    discard: route('posts.write')
      .route({ method: 'DELETE', path: '/orgs/{org}/imports/{id}', summary: 'Forget a file that was not imported' })
      .input(byId)
      .output(z.object({ discarded: z.literal(true) })),
    exportPage: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/calendar/export',
        summary: 'The calendar as CSV, page by page: the pieces of `csv`, one after another, are the file',
      })
      .input(
        pageInput.extend({
          from: instant,
          to: instant,
          accountId: z.uuid().optional(),
          campaignId: z
            .union([z.uuid(), z.literal('none')])
            .optional()
            .describe('`none`: always-on'),
          departmentId: z.uuid().optional(),
          ownerId: z.uuid().optional(),
        }),
      )
      .output(z.object({ csv: z.string(), posts: z.number().int(), nextCursor: z.string().nullable() })),
  },
}
