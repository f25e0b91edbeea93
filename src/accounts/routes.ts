// Connected accounts over HTTP: each route calls one verb.

import { serve } from '../people/serve.ts'
import { changeAccount, checkAccount, disconnectAccount, listAccounts, readAccount } from './actions.ts'
import { authoriseAccount, connectAccount } from './connect.ts'
import { accountsContract } from './contract.ts'
import { dismissItem, listItems, pullNow } from './sources.ts'
import { networks } from './views.ts'

const os = serve(accountsContract)

export const accountsRoutes = os.router({
  connectors: { list: os.connectors.list.handler(() => networks()) },
  accounts: {
    list: os.accounts.list.handler(({ context: { services, caller } }) => listAccounts(services, caller)),
    read: os.accounts.read.handler(({ context: { services, caller }, input }) => readAccount(services, caller, input)),
    connect: os.accounts.connect.handler(({ context: { services, caller }, input }) =>
      connectAccount(services, caller, input),
    ),
    authorise: os.accounts.authorise.handler(({ context: { services, caller }, input }) =>
      authoriseAccount(services, caller, input),
    ),
    change: os.accounts.change.handler(({ context: { services, caller }, input }) =>
      changeAccount(services, caller, input),
    ),
    check: os.accounts.check.handler(({ context: { services, caller }, input }) =>
      checkAccount(services, caller, input),
    ),
    disconnect: os.accounts.disconnect.handler(({ context: { services, caller }, input }) =>
      disconnectAccount(services, caller, input),
    ),
  },
  sources: {
    items: os.sources.items.handler(({ context: { services, caller }, input }) => listItems(services, caller, input)),
    dismiss: os.sources.dismiss.handler(({ context: { services, caller }, input }) =>
      dismissItem(services, caller, input),
    ),
    pull: os.sources.pull.handler(({ context: { services, caller }, input }) => pullNow(services, caller, input)),
  },
})
