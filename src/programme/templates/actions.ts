// Reads templates with what each would cost here: from what people are used to, by the same rules as every plan.

import type { z } from 'zod'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { readOutlook } from '../plan/outlook.ts'
import type { templateView } from './contract.ts'
import { templates, toldWeeks } from './rules.ts'

type Shown = z.infer<typeof templateView>

export async function listTemplates(services: Pick<Services, 'db' | 'clock'>, { orgId }: Caller): Promise<Shown[]> {
  const shown: Shown[] = []
  for (const template of templates) {
    const { outlook } = await readOutlook(services, orgId, template.lines)
    const week = (number: number) => outlook.weeks[number - 1]?.minutes ?? 0
    shown.push({
      ...template,
      ...{ weekOne: week(toldWeeks.first), weekTwelve: week(toldWeeks.later) },
      isLighter: outlook.weeks[toldWeeks.later - 1]?.phase === 'cut-back',
      ...{ inFull: outlook.minutes.week + outlook.presence, people: outlook.people },
    })
  }
  return shown
}
