// Issues over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  attachMention,
  changeIssue,
  detachMention,
  listIssues,
  moveIssue,
  noteOnIssue,
  readIssue,
  readTimeline,
  reopenIssue,
} from './actions.ts'
import { issuesContract } from './contract.ts'
import { openByHand } from './open-by-hand.ts'

const os = serve(issuesContract).issues

export const issuesRoutes = {
  issues: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listIssues(services, caller, input)),
    read: os.read.handler(({ context: { services, caller }, input }) => readIssue(services, caller, input)),
    timeline: os.timeline.handler(({ context: { services, caller }, input }) => readTimeline(services, caller, input)),
    open: os.open.handler(({ context: { services, caller }, input }) => openByHand(services, caller, input)),
    change: os.change.handler(({ context: { services, caller }, input }) => changeIssue(services, caller, input)),
    move: os.move.handler(({ context: { services, caller }, input }) => moveIssue(services, caller, input)),
    reopen: os.reopen.handler(({ context: { services, caller }, input }) => reopenIssue(services, caller, input)),
    note: os.note.handler(({ context: { services, caller }, input }) => noteOnIssue(services, caller, input)),
    attach: os.attach.handler(({ context: { services, caller }, input }) => attachMention(services, caller, input)),
    detach: os.detach.handler(({ context: { services, caller }, input }) => detachMention(services, caller, input)),
  }),
}
