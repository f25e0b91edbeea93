// Alerts over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  answerAlert,
  changeProfile,
  changeRules,
  listAlerts,
  listDetectors,
  listPlanned,
  planEvent,
  readAlert,
  readProfile,
  readRules,
  unplanEvent,
} from './actions.ts'
import { alertsContract } from './contract.ts'

const os = serve(alertsContract).alerts

export const alertsRoutes = {
  alerts: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listAlerts(services, caller, input)),
    read: os.read.handler(({ context: { services, caller }, input }) => readAlert(services, caller, input)),
    answer: os.answer.handler(({ context: { services, caller }, input }) => answerAlert(services, caller, input)),
    rules: os.rules.handler(({ context: { services, caller } }) => readRules(services, caller)),
    changeRules: os.changeRules.handler(({ context: { services, caller }, input }) =>
      changeRules(services, caller, input),
    ),
    detectors: os.detectors.handler(({ context: { services, caller } }) => listDetectors(services, caller)),
    profile: os.profile.handler(({ context: { services, caller }, input }) => readProfile(services, caller, input)),
    changeProfile: os.changeProfile.handler(({ context: { services, caller }, input }) =>
      changeProfile(services, caller, input),
    ),
    planned: os.planned.handler(({ context: { services, caller } }) => listPlanned(services, caller)),
    plan: os.plan.handler(({ context: { services, caller }, input }) => planEvent(services, caller, input)),
    unplan: os.unplan.handler(({ context: { services, caller }, input }) => unplanEvent(services, caller, input)),
  }),
}
