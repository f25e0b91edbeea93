// Routes of macros: named steps for one conversation, seen before they are done. None sends anything.

import { z } from 'zod'
import { byId, inOrgInput, instant, route } from '../../lib/route.ts'
import { person } from '../../people/person.ts'
import { conversationView } from '../conversations/contract.ts'
import { effects, macroStep } from './types.ts'

const macroFacts = z.object({
  name: z.string().trim().min(1).max(120),
  steps: z.array(macroStep).min(1).max(12).describe('Done in this order'),
})

export const macroView = macroFacts.extend({
  id: z.uuid(),
  updatedAt: instant,
  updatedBy: person.nullable(),
  retiredAt: instant.nullable().describe('Not offered any more'),
})

const stepView = z.object({
  step: macroStep,
  effect: z.enum(effects),
  code: z.string().nullable().describe('Why it cannot be done'),
  words: z.string().nullable().describe('What the draft would say'),
})

const path = '/orgs/{org}/macros'
const onOne = byId.extend({ macroId: z.uuid() })

export const macrosContract = {
  macros: {
    list: route('inbox.read')
      .route({ method: 'GET', path, summary: 'All macros by name, those that are retired last' })
      .input(inOrgInput)
      .output(z.array(macroView)),
    add: route('inbox.prepare')
      .route({ method: 'POST', path, successStatus: 201, summary: 'Name steps that are often done together' })
      .input(inOrgInput.extend(macroFacts.shape))
      .output(macroView),
    change: route('inbox.prepare')
      .route({ method: 'PUT', path: `${path}/{id}`, summary: 'Other steps, another name' })
      .input(byId.extend(macroFacts.shape))
      .output(macroView),
    retire: route('inbox.prepare')
      .route({ method: 'POST', path: `${path}/{id}/retire`, summary: 'It is not offered any more' })
      .input(byId)
      .output(macroView),
    restore: route('inbox.prepare')
      .route({ method: 'POST', path: `${path}/{id}/restore`, summary: 'It is offered again' })
      .input(byId)
      .output(macroView),
    preview: route('inbox.handle')
      .route({
        method: 'GET',
        path: '/orgs/{org}/conversations/{id}/macros/{macroId}',
        summary: 'What each step would do to this conversation as it stands',
      })
      .input(onOne)
      .output(z.array(stepView)),
    run: route('inbox.handle')
      .route({
        method: 'POST',
        path: '/orgs/{org}/conversations/{id}/macros/{macroId}/run',
        summary: 'Do its steps in order; the first that is refused ends it. Nothing is sent',
      })
      .input(onOne.extend({ text: z.string().max(100_000).default('').describe('The draft as it stands in the form') }))
      .output(
        z.object({
          conversation: conversationView,
          steps: z.array(stepView.omit({ words: true }).extend({ effect: z.enum([...effects, 'did']) })),
        }),
      ),
  },
}
