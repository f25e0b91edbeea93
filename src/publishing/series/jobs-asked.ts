// The job that makes the occurrences of one series now; asked for by the verbs that change series.

import { z } from 'zod'

export const makeSeries = {
  name: 'publishing.make-series',
  payload: z.object({ seriesId: z.uuid() }),
}
