// Drills and their exercises over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { answerExercise, beginDrill, handInDrill, listDrills, listWaiting, readDrill, readMine } from './actions.ts'
import { drillsContract } from './contract.ts'
import { exercisesContract } from './contract-exercises.ts'
import {
  addExercise,
  changeExercise,
  listExercises,
  restoreExercise,
  retireExercise,
  suggestExercise,
  takeExercise,
} from './exercises.ts'
import { judgeAnswer, unjudgeAnswer } from './judge.ts'

const { drills } = serve(drillsContract)
const { exercises } = serve(exercisesContract)

export const drillsRoutes = {
  drills: drills.router({
    list: drills.list.handler(({ context: { services, caller }, input }) => listDrills(services, caller, input)),
    mine: drills.mine.handler(({ context: { services, caller } }) => readMine(services, caller)),
    waiting: drills.waiting.handler(({ context: { services, caller } }) => listWaiting(services, caller)),
    begin: drills.begin.handler(({ context: { services, caller } }) => beginDrill(services, caller)),
    read: drills.read.handler(({ context: { services, caller }, input }) => readDrill(services, caller, input)),
    answer: drills.answer.handler(({ context: { services, caller }, input }) =>
      answerExercise(services, caller, input),
    ),
    handIn: drills.handIn.handler(({ context: { services, caller }, input }) => handInDrill(services, caller, input)),
    judge: drills.judge.handler(({ context: { services, caller }, input }) => judgeAnswer(services, caller, input)),
    unjudge: drills.unjudge.handler(({ context: { services, caller }, input }) =>
      unjudgeAnswer(services, caller, input),
    ),
  }),
  exercises: exercises.router({
    list: exercises.list.handler(({ context: { services, caller } }) => listExercises(services, caller)),
    add: exercises.add.handler(({ context: { services, caller }, input: { org: _, ...facts } }) =>
      addExercise(services, caller, facts),
    ),
    change: exercises.change.handler(({ context: { services, caller }, input: { org: _, ...facts } }) =>
      changeExercise(services, caller, facts),
    ),
    retire: exercises.retire.handler(({ context: { services, caller }, input }) =>
      retireExercise(services, caller, input),
    ),
    restore: exercises.restore.handler(({ context: { services, caller }, input }) =>
      restoreExercise(services, caller, input),
    ),
    suggest: exercises.suggest.handler(({ context: { services, caller }, input }) =>
      suggestExercise(services, caller, input),
    ),
    take: exercises.take.handler(({ context: { services, caller }, input: { org: _, ...facts } }) =>
      takeExercise(services, caller, facts),
    ),
  }),
}
