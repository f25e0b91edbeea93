// Mass withdrawals over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import { beginWithdrawal, previewWithdrawal, retryWithdrawal, stopWithdrawal } from './begin-withdrawal.ts'
import { withdrawalsContract } from './contract.ts'
import { listItems, listWithdrawals, readWithdrawal } from './views.ts'

const os = serve(withdrawalsContract)
const of = os.withdrawals

export const withdrawalsRoutes = os.router({
  withdrawals: {
    list: of.list.handler(({ context: { services, caller }, input }) => listWithdrawals(services, caller, input)),
    read: of.read.handler(({ context: { services, caller }, input }) => readWithdrawal(services, caller, input)),
    items: of.items.handler(({ context: { services, caller }, input }) => listItems(services, caller, input)),
    preview: of.preview.handler(({ context: { services, caller }, input }) =>
      previewWithdrawal(services, caller, input),
    ),
    begin: of.begin.handler(({ context: { services, caller }, input }) => beginWithdrawal(services, caller, input)),
    retry: of.retry.handler(({ context: { services, caller }, input }) => retryWithdrawal(services, caller, input)),
    stop: of.stop.handler(({ context: { services, caller }, input }) => stopWithdrawal(services, caller, input)),
  },
})
