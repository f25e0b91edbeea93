// Sessions over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { finishSession, reopenSession, skipSession, startSession } from './actions.ts'
import { sessionsContract } from './contract.ts'
import { leadSessionsContract } from './contract-lead.ts'
import { dropForOther, finishForOther, handOver, moveForOther, undoForOther } from './lead.ts'
import { moveBack, moveSession } from './move.ts'
import { readEverybody, readNow, readOne, readWeek, readWeekOf } from './read.ts'
import { answerProposal, listRealignments } from './realign.ts'

const os = serve(sessionsContract).sessions
const lead = serve(leadSessionsContract).leadSessions

export const sessionsRoutes = {
  sessions: {
    now: os.now.handler(({ context: { services, caller }, input }) => readNow(services, caller, input)),
    week: os.week.handler(({ context: { services, caller }, input }) => readWeek(services, caller, input)),
    ofMember: os.ofMember.handler(({ context: { services, caller }, input }) => readWeekOf(services, caller, input)),
    everybody: os.everybody.handler(({ context: { services, caller }, input }) =>
      readEverybody(services, caller, input),
    ),
    done: os.done.handler(async ({ context: { services, caller }, input }) => {
      await finishSession(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    start: os.start.handler(async ({ context: { services, caller }, input }) => {
      await startSession(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    skip: os.skip.handler(async ({ context: { services, caller }, input }) => {
      await skipSession(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    reopen: os.reopen.handler(async ({ context: { services, caller }, input }) => {
      await reopenSession(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    move: os.move.handler(async ({ context: { services, caller }, input }) => {
      await moveSession(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    moveBack: os.moveBack.handler(async ({ context: { services, caller }, input }) => {
      await moveBack(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    realignments: os.realignments.handler(({ context: { services, caller } }) => listRealignments(services, caller)),
    answerRealignment: os.answerRealignment.handler(({ context: { services, caller }, input }) =>
      answerProposal(services, caller, input),
    ),
  },
  leadSessions: {
    move: lead.move.handler(async ({ context: { services, caller }, input }) => {
      await moveForOther(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    handOver: lead.handOver.handler(async ({ context: { services, caller }, input }) => {
      await handOver(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    done: lead.done.handler(async ({ context: { services, caller }, input }) => {
      await finishForOther(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    drop: lead.drop.handler(async ({ context: { services, caller }, input }) => {
      await dropForOther(services, caller, input)
      return readOne(services, caller, input.id)
    }),
    undo: lead.undo.handler(async ({ context: { services, caller }, input }) => {
      await undoForOther(services, caller, input)
      return readOne(services, caller, input.id)
    }),
  },
}
