// Routes of holidays: which places count, which places there are, and the days of a range.

import { z } from 'zod'
import { day, inOrgInput, route } from '../../lib/route.ts'
import { holiday, holidayPlace, language } from './types.ts'

const named = z.object({ code: z.string(), name: z.string() })
const shown = holidayPlace.extend({ name: z.string() })

export const holidaysContract = {
  holidays: {
    list: route('posts.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/holidays',
        summary: 'Holidays from one day to another (at most 400 days), of the places of the organisation',
      })
      .input(
        inOrgInput.extend({
          from: day.meta({ examples: ['2026-03-01'] }),
          to: day.meta({ examples: ['2026-03-31'] }),
          language: language.default('en'),
        }),
      )
      .output(z.array(holiday)),
    places: route('organisation.read')
      .route({ method: 'GET', path: '/orgs/{org}/holiday-places', summary: 'Places whose holidays count' })
      .input(inOrgInput.extend({ language: language.default('en') }))
      .output(z.array(shown)),
    setPlaces: route('organisation.change')
      .route({ method: 'PUT', path: '/orgs/{org}/holiday-places', summary: 'Say whose holidays count' })
      .input(inOrgInput.extend({ places: z.array(holidayPlace).max(20) }))
      .output(z.array(shown)),
    known: route('organisation.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/holiday-places/known',
        summary: 'Countries, or the states of a country, or the regions of a state',
      })
      .input(
        inOrgInput.extend({
          country: holidayPlace.shape.country.optional(),
          state: z.string().max(20).optional(),
          language: language.default('en'),
        }),
      )
      .output(z.array(named)),
  },
}
