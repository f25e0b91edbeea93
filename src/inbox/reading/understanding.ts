// How messages are understood on their way into the store: labels for lists and measures, and what triage asks for beyond them.

import type { Said } from '../../connectors/converse.ts'
import { labeller, storedLabels } from '../../listening/pipeline/labels.ts'
import type { Understanding } from '../../listening/text/types.ts'
import type { Understood } from '../routing/subjects.ts'
import type { Circumstances } from './keep-batch.ts'

/** Nobody who only hears themselves waits for the tables of words. */
export async function understandingOf(
  said: readonly Said[],
): Promise<Required<Pick<Circumstances, 'label' | 'understand'>>> {
  const { understand } = said.some(({ isOurs }) => !isOurs) ? await labeller() : { understand: null }
  const understandSaid = rememberedFor(({ subject, text, languages, isOurs }: Said) =>
    understand === null || isOurs || text === '' ? null : understand({ title: subject, text, languages }),
  )
  return {
    label(one) {
      const understood = understandSaid(one)
      return understood && storedLabels(understood)
    },
    understand: (one) => understandOf(understandSaid(one)),
  }
}

/** Labels and triage ask for the same. */
function rememberedFor<Result>(work: (said: Said) => Result): (said: Said) => Result {
  const known = new Map<Said, Result>()
  return (said) => {
    if (!known.has(said)) known.set(said, work(said))
    return known.get(said)!
  }
}

const understandOf = (understood: Understanding | null): Understood | null =>
  understood && {
    ...{ sentiment: understood.sentiment, intents: understood.intents },
    ...{ offensive: understood.offensive, crisis: understood.crisis },
  }
