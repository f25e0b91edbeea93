// Labels by people over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { readAccuracy, readLessons, useLessons } from './accuracy.ts'
import { labelsContract } from './contract.ts'
import { correctLabels, readCorrections, undoCorrections } from './correct.ts'

const os = serve(labelsContract).labels

export const labelsRoutes = {
  labels: os.router({
    correct: os.correct.handler(({ context: { services, caller }, input }) => correctLabels(services, caller, input)),
    undo: os.undo.handler(({ context: { services, caller }, input }) => undoCorrections(services, caller, input)),
    history: os.history.handler(({ context: { services, caller }, input }) => readCorrections(services, caller, input)),
    accuracy: os.accuracy.handler(({ context: { services, caller }, input }) => readAccuracy(services, caller, input)),
    lessons: os.lessons.handler(({ context: { services, caller } }) => readLessons(services, caller)),
    useLessons: os.useLessons.handler(({ context: { services, caller }, input }) =>
      useLessons(services, caller, input),
    ),
  }),
}
