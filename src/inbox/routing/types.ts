// The shapes of routing: rules in order, what they look at, and what they decide.

import { z } from 'zod'
import { saidKinds } from '../../connectors/converse.ts'
import { authorStates } from '../../listening/authors/states.ts'
import { intents, sentiments } from '../../listening/text/types.ts'
import { priorities } from '../promises/types.ts'

export const skill = z.string().trim().min(1).max(60).describe('Languages are skills too: `es`')

const some = <T extends z.ZodType>(each: T) => z.array(each).max(200).default([])

/** All that are given must hold; of a list one is enough. An empty list: any. */
export const routingConditions = z.object({
  accountIds: some(z.uuid()),
  saidAs: some(z.enum(saidKinds)),
  intents: some(z.enum(intents)),
  sentiments: some(z.enum(sentiments)),
  languages: some(z.string().max(35)).describe('BCP 47; `pt` holds for `pt-BR` too'),
  words: some(z.string().trim().min(1).max(120)).describe(
    'Words or phrases, whatever their case; `refund*` holds for refunded',
  ),
  topicIds: some(z.uuid()),
  authorStates: some(z.enum(authorStates)).describe('What listening knows of whoever says it'),
  campaignIds: some(z.uuid()),
})
export type RoutingConditions = z.infer<typeof routingConditions>

export const additionalSkill = z.object({
  skill,
  priority: z.int().min(1).max(10).describe('The lowest is dropped first, when nobody has it in time'),
})
export type AdditionalSkill = z.infer<typeof additionalSkill>

export const routingActions = z.object({
  departmentId: z.uuid().nullable().default(null),
  requiredSkills: some(skill).describe('Never dropped'),
  additionalSkills: some(additionalSkill),
  priority: z.enum(priorities).nullable().default(null),
  tags: some(z.string().trim().min(1).max(60)),
})
export type RoutingActions = z.infer<typeof routingActions>

export const routingRule = z.object({
  name: z.string().trim().min(1).max(120),
  conditions: routingConditions.prefault({}),
  actions: routingActions,
  afterwards: z
    .enum(['stop', 'go-on'])
    .default('stop')
    .describe('Whether rules that follow may add what this one leaves open'),
})
export type RoutingRule = z.infer<typeof routingRule>

/** A rule under an id that stays the same through all versions. */
export const namedRule = z.object({ id: z.uuid(), rule: routingRule })
export type NamedRule = z.infer<typeof namedRule>

export const mostRules = 200

export const routingSettings = z.object({
  chooseOwners: z
    .boolean()
    .default(true)
    .describe('Whether somebody of the department gets it; else the department alone'),
  dropAfterMinutes: z
    .int()
    .min(1)
    .max(10_080)
    .default(15)
    .describe('After so long without anybody, the additional skill of lowest priority may be dropped'),
  stickyForMinutes: z
    .int()
    .min(0)
    .max(10_080)
    .default(60)
    .describe('How long it waits for whoever had it before and is away'),
})
export type RoutingSettings = z.infer<typeof routingSettings>
