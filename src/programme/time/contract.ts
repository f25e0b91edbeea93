// Routes of time: a timer, minutes that are typed, and the week that they make.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, route } from '../../lib/route.ts'
import { activityId, campaignOf, channelName, hows, itemCount, leastMinutes, logFacts, mostMinutes } from './types.ts'

const entryView = logFacts.extend({ id: z.uuid(), how: z.enum(hows), notedAt: instant })

const timerView = z.object({
  activity: activityId,
  channel: z.string().nullable(),
  campaignId: z.uuid().nullable(),
  beganAt: instant,
  sessionId: z.uuid().nullable().describe('The session that it runs for; stopped, it is done'),
})

export const mineView = z.object({
  today: day,
  timer: timerView.nullable(),
  week: day.describe('Its Monday'),
  minutes: z.number().describe('Of this week, mine'),
  ceiling: z.number().int().nullable().describe('The most that I give in a week; null: nobody said'),
  entries: z.array(entryView).describe('Mine of this week, newest first'),
})

const path = '/orgs/{org}/programme/time'

export const timeContract = {
  time: {
    mine: route('programme.read')
      .route({ method: 'GET', path, summary: 'My timer and what I did this week' })
      .input(inOrgInput)
      .output(mineView),
    start: route('programme.log')
      .route({
        method: 'POST',
        path: `${path}/start`,
        summary: 'I begin something; what ran before is stopped and written down',
      })
      .input(inOrgInput.extend({ activity: activityId, channel: channelName, campaignId: campaignOf }))
      .output(mineView),
    stop: route('programme.log')
      .route({
        method: 'POST',
        path: `${path}/stop`,
        summary: 'I am done; under half a minute nothing is written down',
      })
      .input(
        inOrgInput.extend({
          items: itemCount,
          minutes: z
            .number()
            .min(leastMinutes)
            .max(mostMinutes)
            .optional()
            .describe('Where the timer was forgotten: what it really took'),
        }),
      )
      .output(mineView),
    drop: route('programme.log')
      .route({ method: 'POST', path: `${path}/drop`, summary: 'Stop my timer and write nothing down' })
      .input(inOrgInput)
      .output(mineView),
    log: route('programme.log')
      .route({ method: 'POST', path, successStatus: 201, summary: 'Write down what I did' })
      .input(inOrgInput.extend(logFacts.shape))
      .output(mineView),
    remove: route('programme.log')
      .route({ method: 'DELETE', path: `${path}/{id}`, summary: 'Take away what I wrote down' })
      .input(byId)
      .output(mineView),
    restore: route('programme.log')
      .route({ method: 'POST', path: `${path}/{id}/restore`, summary: 'It counts again' })
      .input(byId)
      .output(mineView),
    setCeiling: route('programme.log')
      .route({
        method: 'PUT',
        path: `${path}/ceiling`,
        summary: 'The most minutes that I give in a week: no plan goes above them',
      })
      .input(inOrgInput.extend({ minutesWeekly: z.number().int().min(0).max(10_080) }))
      .output(mineView),
  },
}
