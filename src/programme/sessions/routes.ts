// Sessions over HTTP: each route calls one verb.

import { type RouteContext, serve } from '../../people/serve.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { finishSession, reopenSession, skipSession, startSession } from './actions.ts'
import { sessionsContract } from './contract.ts'
import { leadSessionsContract } from './contract-lead.ts'
import { dropForOther, finishForOther, handOver, moveForOther, undoForOther } from './lead.ts'
import { moveBack, moveSession } from './move.ts'
import { readEverybody, readNow, readOne, readWeek, readWeekOf } from './read.ts'
import { answerProposal, listRealignments } from './realign.ts'

const os = serve(sessionsContract).sessions
const lead = serve(leadSessionsContract).leadSessions

type Given<Input> = { context: Pick<RouteContext, 'services' | 'caller'>; input: Input }

/** Does it, and answers the session as it stands then. */
const andShow =
  <Input extends { id: string }>(act: (services: Services, caller: Caller, input: Input) => Promise<void>) =>
  async ({ context: { services, caller }, input }: Given<Input>) => {
    await act(services, caller, input)
    return readOne(services, caller, input.id)
  }

export const sessionsRoutes = {
  sessions: {
    now: os.now.handler(({ context: { services, caller }, input }) => readNow(services, caller, input)),
    week: os.week.handler(({ context: { services, caller }, input }) => readWeek(services, caller, input)),
    ofMember: os.ofMember.handler(({ context: { services, caller }, input }) => readWeekOf(services, caller, input)),
    everybody: os.everybody.handler(({ context: { services, caller }, input }) =>
      readEverybody(services, caller, input),
    ),
    done: os.done.handler(andShow(finishSession)),
    start: os.start.handler(andShow(startSession)),
    skip: os.skip.handler(andShow(skipSession)),
    reopen: os.reopen.handler(andShow(reopenSession)),
    move: os.move.handler(andShow(moveSession)),
    moveBack: os.moveBack.handler(andShow(moveBack)),
    realignments: os.realignments.handler(({ context: { services, caller } }) => listRealignments(services, caller)),
    answerRealignment: os.answerRealignment.handler(({ context: { services, caller }, input }) =>
      answerProposal(services, caller, input),
    ),
  },
  leadSessions: {
    move: lead.move.handler(andShow(moveForOther)),
    handOver: lead.handOver.handler(andShow(handOver)),
    done: lead.done.handler(andShow(finishForOther)),
    drop: lead.drop.handler(andShow(dropForOther)),
    undo: lead.undo.handler(andShow(undoForOther)),
  },
}
