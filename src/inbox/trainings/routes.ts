// Trainings and the rules for answers over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  askForDrill,
  changeAnswerRules,
  endTraining,
  listStanding,
  listTrainings,
  readAnswerRules,
  recordTraining,
  resumeTraining,
} from './actions.ts'
import { trainingsContract } from './contract.ts'

const { trainings, answerRules } = serve(trainingsContract)

export const trainingsRoutes = {
  trainings: trainings.router({
    list: trainings.list.handler(({ context: { services, caller }, input }) => listTrainings(services, caller, input)),
    standing: trainings.standing.handler(({ context: { services, caller } }) => listStanding(services, caller)),
    record: trainings.record.handler(({ context: { services, caller }, input }) =>
      recordTraining(services, caller, input),
    ),
    askForDrill: trainings.askForDrill.handler(({ context: { services, caller }, input }) =>
      askForDrill(services, caller, input),
    ),
    end: trainings.end.handler(({ context: { services, caller }, input }) => endTraining(services, caller, input)),
    resume: trainings.resume.handler(({ context: { services, caller }, input }) =>
      resumeTraining(services, caller, input),
    ),
  }),
  answerRules: answerRules.router({
    read: answerRules.read.handler(({ context: { services, caller } }) => readAnswerRules(services, caller)),
    change: answerRules.change.handler(({ context: { services, caller }, input }) =>
      changeAnswerRules(services, caller, input),
    ),
  }),
}
