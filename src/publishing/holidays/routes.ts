// Holidays over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { holidaysContract } from './contract.ts'
import { listHolidays, listKnownPlaces, listPlaces, setPlaces } from './read-holidays.ts'

const { holidays: os } = serve(holidaysContract)

export const holidaysRoutes = {
  holidays: {
    list: os.list.handler(({ context: { services, caller }, input }) => listHolidays(services, caller, input)),
    places: os.places.handler(({ context: { services, caller }, input }) => listPlaces(services, caller, input)),
    setPlaces: os.setPlaces.handler(({ context: { services, caller }, input }) => setPlaces(services, caller, input)),
    known: os.known.handler(({ input }) => listKnownPlaces(input)),
  },
}
