// Routes of spending: typed or by other programs, and from files that are looked at before and taken back afterwards.

import { z } from 'zod'
import { byId, day, inOrgInput, instant, pageInput, pageOf, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { spendFacts, year } from './types.ts'

export const spendView = spendFacts.extend({
  id: z.uuid(),
  currency: z.string(),
  campaign: z.string().nullable(),
  committedFor: day.nullable().describe('The day that it was ordered for; null: it was written down when it was paid'),
  source: z.enum(['typed', 'file', 'api']),
  notedAt: instant,
  notedBy: person.nullable(),
})

const problem = z.object({
  line: z.number().int().describe('As a spreadsheet counts: the headings are line 1'),
  field: z.string(),
  code: z.string(),
  level: z.enum(['error', 'warning']),
})

export const spendCheck = z.object({
  rows: z.number().int(),
  good: z.number().int().describe('Would be stored'),
  known: z.number().int().describe('There already, by their reference'),
  refused: z.number().int().describe('Lines with an error'),
  total: z.number().describe('Of the good ones'),
  currency: z.string().nullable().describe('null: no good line'),
  problems: z.array(problem).describe('The first thousand'),
  previews: z.array(spendFacts.extend({ line: z.number().int() })).describe('The first twenty good ones'),
})

export const spendImportView = z.object({
  id: z.uuid(),
  fileName: z.string(),
  rows: z.number().int(),
  stored: z.number().int(),
  known: z.number().int(),
  refused: z.number().int(),
  importedAt: instant,
  importedBy: person.nullable(),
  undoneAt: instant.nullable(),
})

const path = '/orgs/{org}/programme/spend'
const ofFile = inOrgInput.extend({ file: z.file(), year: year.describe('Of whose budget the currency is') })

export const spendContract = {
  spend: {
    list: route('budget.read')
      .route({ method: 'GET', path, summary: 'What was spent in a year, the newest day first' })
      .input(pageInput.extend({ year }))
      .output(pageOf(spendView)),
    note: route('budget.spend')
      .route({
        method: 'POST',
        path,
        successStatus: 201,
        summary: 'Write down what was spent; the currency is that of the budget of its year',
      })
      .input(inOrgInput.extend(spendFacts.shape))
      .output(spendView),
    remove: route('budget.spend')
      .route({ method: 'DELETE', path: `${path}/{id}`, summary: 'It counts no longer' })
      .input(byId)
      .output(spendView),
    restore: route('budget.spend')
      .route({ method: 'POST', path: `${path}/{id}/restore`, summary: 'It counts again' })
      .input(byId)
      .output(spendView),
    pay: route('budget.spend')
      .route({
        method: 'POST',
        path: `${path}/{id}/pay`,
        summary: 'What was ordered is paid: it is spent from then on',
      })
      .input(byId.extend({ day: day.describe('On which it was paid') }))
      .output(spendView),
    unpay: route('budget.spend')
      .route({ method: 'POST', path: `${path}/{id}/unpay`, summary: 'It is ordered and not paid yet' })
      .input(byId)
      .output(spendView),
    check: route('budget.spend')
      .route({
        method: 'POST',
        path: `${path}/imports/check`,
        summary: 'What would become of each line of a CSV file (multipart/form-data, field `file`); nothing is stored',
      })
      .input(ofFile)
      .output(spendCheck),
    bring: route('budget.spend')
      .route({
        method: 'POST',
        path: `${path}/imports`,
        successStatus: 201,
        summary: 'Store the good lines that are not there yet, all or none',
      })
      .input(ofFile)
      .output(spendImportView),
    imports: route('budget.read')
      .route({ method: 'GET', path: `${path}/imports`, summary: 'Files of spending, newest first' })
      .input(inOrgInput)
      .output(z.array(spendImportView)),
    undoImport: route('budget.spend')
      .route({ method: 'POST', path: `${path}/imports/{id}/undo`, summary: 'Nothing of this file counts any longer' })
      .input(byId)
      .output(spendImportView),
  },
}
