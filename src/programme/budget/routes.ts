// Money over HTTP: each route calls one verb.

import { serve } from '../../people/serve.ts'
import {
  askForBudget,
  decideBudget,
  listRates,
  saveBudget,
  setRate,
  takeBudgetBack,
  undecideBudget,
} from './actions.ts'
import { budgetContract } from './contract.ts'
import { spendContract } from './contract-spend.ts'
import { paySpend, unpaySpend } from './pay.ts'
import { readBudget } from './read-budget.ts'
import {
  bringSpendFile,
  checkSpendFile,
  listSpend,
  listSpendImports,
  noteSpend,
  removeSpend,
  restoreSpend,
  undoSpendFile,
} from './spend.ts'

const { budget, rates } = serve(budgetContract)
const { spend } = serve(spendContract)

export const budgetRoutes = {
  budget: {
    read: budget.read.handler(({ context: { services, caller }, input }) => readBudget(services, caller, input)),
    save: budget.save.handler(({ context: { services, caller }, input }) => saveBudget(services, caller, input)),
    ask: budget.ask.handler(({ context: { services, caller }, input }) => askForBudget(services, caller, input)),
    takeBack: budget.takeBack.handler(({ context: { services, caller }, input }) =>
      takeBudgetBack(services, caller, input),
    ),
    decide: budget.decide.handler(({ context: { services, caller }, input }) => decideBudget(services, caller, input)),
    undecide: budget.undecide.handler(({ context: { services, caller }, input }) =>
      undecideBudget(services, caller, input),
    ),
  },
  rates: {
    list: rates.list.handler(({ context: { services, caller } }) => listRates(services, caller)),
    set: rates.set.handler(({ context: { services, caller }, input }) => setRate(services, caller, input)),
  },
  spend: {
    list: spend.list.handler(({ context: { services, caller }, input }) => listSpend(services, caller, input)),
    note: spend.note.handler(({ context: { services, caller }, input }) => noteSpend(services, caller, input)),
    remove: spend.remove.handler(({ context: { services, caller }, input }) => removeSpend(services, caller, input)),
    restore: spend.restore.handler(({ context: { services, caller }, input }) => restoreSpend(services, caller, input)),
    pay: spend.pay.handler(({ context: { services, caller }, input }) => paySpend(services, caller, input)),
    unpay: spend.unpay.handler(({ context: { services, caller }, input }) => unpaySpend(services, caller, input)),
    check: spend.check.handler(({ context: { services, caller }, input }) => checkSpendFile(services, caller, input)),
    bring: spend.bring.handler(({ context: { services, caller }, input }) => bringSpendFile(services, caller, input)),
    imports: spend.imports.handler(({ context: { services, caller } }) => listSpendImports(services, caller)),
    undoImport: spend.undoImport.handler(({ context: { services, caller }, input }) =>
      undoSpendFile(services, caller, input),
    ),
  },
}
