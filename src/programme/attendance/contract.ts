// Routes of attendance: on which days somebody was there, for the organisation, each account and oneself.

import { z } from 'zod'
import { day, inOrgInput, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'

const attendance = z.object({
  expected: z.number().int().describe('Days on which somebody was expected'),
  present: z.number().int(),
  share: z.number().nullable().describe('null: nobody was expected'),
  streak: z.number().int().describe('Expected days in a row until today; today counts once somebody was there'),
  longest: z.number().int(),
  gaps: z
    .array(z.object({ from: day, to: day, days: z.number().int() }))
    .describe('The last five, newest first, with how many expected days each had'),
})

export const attendanceContract = {
  attendance: {
    read: route('programme.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/programme/attendance',
        summary: 'Twelve weeks of presence; what a person did is for themselves and those who run the organisation',
      })
      .input(inOrgInput)
      .output(
        z.object({
          from: day,
          to: day,
          today: day,
          isGoingOn: z.boolean().describe('false: no programme goes on, so nobody is expected'),
          days: z.array(
            z.object({
              day,
              acts: z.number().int().describe('Posts, replies and sessions of everybody'),
              isExpected: z
                .boolean()
                .describe('Somebody was at work: presence is a duty of the rota, never of one person'),
            }),
          ),
          organisation: attendance,
          accounts: z.array(attendance.extend({ id: z.uuid(), name: z.string() })),
          mine: attendance.describe('Expected on days on which the plan had a session for me'),
          people: z
            .array(attendance.extend({ person }))
            .nullable()
            .describe('null: for those who run the organisation alone'),
        }),
      ),
  },
}
