// Routes of capturing by hand: one thing that was said, a file of them, and taking either back.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route, timeZone } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { captureFacts, channels, words } from './types.ts'

export const captureView = z.object({
  id: z.uuid().describe('Of its mention'),
  channel: z.enum(channels),
  at: instant.describe('When it was said'),
  text: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  author: z.string().nullable(),
  place: z.string().nullable(),
  note: z.string(),
  topicIds: z.array(z.uuid()),
  sentiment: z.number().int().nullable(),
  importId: z.uuid().nullable(),
  capturedAt: instant,
  capturedBy: person,
})

const problem = z.object({
  line: z.number().int().nullable().describe('Counted from 1 with the heading; null: the file as a whole'),
  column: z.string().nullable(),
  code: z.string(),
  level: z.enum(['error', 'warning']),
})

const ofFile = inOrgInput.extend({ file: z.file(), channel: z.enum(channels), zone: timeZone })

export const captureImportView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  channel: z.enum(channels),
  rows: z.number().int(),
  stored: z.number().int(),
  known: z.number().int().describe('Rows that were there already'),
  refused: z.number().int().describe('Rows with an error'),
  problems: z.array(problem).describe('The first thousand'),
  createdAt: instant,
  createdBy: person,
  undoneAt: instant.nullable(),
  removed: z.number().int(),
})

export const captureContract = {
  captures: {
    match: route('listening.capture')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/captures/match',
        summary: 'Which topics what was said would come under; nothing is stored',
      })
      .input(inOrgInput.extend(words.shape))
      .output(z.object({ topicIds: z.array(z.uuid()) })),
    add: route('listening.capture')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/captures',
        successStatus: 201,
        summary: 'Capture what was said at a meetup, in a shop, on the phone: understood and counted as what is heard',
      })
      .input(inOrgInput.extend(captureFacts.shape))
      .output(captureView),
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/captures', summary: 'What was captured, newest first' })
      .input(pageInput)
      .output(pageOf(captureView)),
    remove: route('listening.capture')
      .route({
        method: 'DELETE',
        path: '/orgs/{org}/listening/captures/{id}',
        successStatus: 204,
        summary: 'Take back what was captured by mistake; counts are put right',
      })
      .input(byId)
      .output(z.void()),
  },
  captureImports: {
    check: route('listening.capture')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/captures/imports/check',
        summary: 'What would become of each row of a file (multipart/form-data, field `file`); nothing is stored',
      })
      .input(ofFile)
      .output(
        z.object({
          rows: z.number().int(),
          good: z.number().int().describe('Would be stored'),
          known: z.number().int(),
          refused: z.number().int(),
          matched: z.number().int().describe('Good ones that come under a topic'),
          problems: z.array(problem),
          previews: z.array(
            z.object({
              line: z.number().int(),
              at: instant,
              text: z.string(),
              author: z.string().nullable(),
              place: z.string().nullable(),
              topicIds: z.array(z.uuid()),
              known: z.boolean(),
            }),
          ),
        }),
      ),
    add: route('listening.capture')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/captures/imports',
        successStatus: 201,
        summary: 'Store the good rows of a file that are not there yet, all or none',
      })
      .input(ofFile)
      .output(captureImportView),
    list: route('listening.read')
      .route({ method: 'GET', path: '/orgs/{org}/listening/captures/imports', summary: 'Files, newest first' })
      .input(pageInput)
      .output(pageOf(captureImportView)),
    undo: route('listening.capture')
      .route({
        method: 'POST',
        path: '/orgs/{org}/listening/captures/imports/{id}/undo',
        summary: 'Take a file back: what it brought goes, and counts are put right',
      })
      .input(byId)
      .output(captureImportView),
  },
}
