// Answers over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { listAnswers, putAway, sayWhatBecame, sendAgain, writeAnswer } from './actions.ts'
import { approve, listWaiting, sendBack } from './approve.ts'
import { answersContract } from './contract.ts'
import { draftsContract } from './contract-drafts.ts'
import { insertReply, readDraft, saveDraft } from './drafts.ts'
import { takeBack } from './withdraw.ts'

const os = serve(answersContract).answers
const { answerDrafts, answerApprovals } = serve(draftsContract)

export const answersRoutes = {
  answers: os.router({
    list: os.list.handler(({ context: { services, caller }, input }) => listAnswers(services, caller, input)),
    write: os.write.handler(({ context: { services, caller }, input }) => writeAnswer(services, caller, input)),
    retry: os.retry.handler(({ context: { services, caller }, input }) => sendAgain(services, caller, input)),
    discard: os.discard.handler(({ context: { services, caller }, input }) => putAway(services, caller, input)),
    withdraw: os.withdraw.handler(({ context: { services, caller }, input }) => takeBack(services, caller, input)),
    resolve: os.resolve.handler(({ context: { services, caller }, input }) => sayWhatBecame(services, caller, input)),
  }),
  answerDrafts: answerDrafts.router({
    read: answerDrafts.read.handler(({ context: { services, caller }, input }) => readDraft(services, caller, input)),
    keep: answerDrafts.keep.handler(({ context: { services, caller }, input }) => saveDraft(services, caller, input)),
    insert: answerDrafts.insert.handler(({ context: { services, caller }, input }) =>
      insertReply(services, caller, input),
    ),
  }),
  answerApprovals: answerApprovals.router({
    list: answerApprovals.list.handler(({ context: { services, caller }, input }) =>
      listWaiting(services, caller, input),
    ),
    approve: answerApprovals.approve.handler(({ context: { services, caller }, input }) =>
      approve(services, caller, input),
    ),
    sendBack: answerApprovals.sendBack.handler(({ context: { services, caller }, input }) =>
      sendBack(services, caller, input),
    ),
  }),
}
