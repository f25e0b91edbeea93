// What an author should know before scheduling for this network, beyond what the limits say.

import { checkDraft } from '../check.ts'
import type { Draft, Issue, Limits } from '../contract.ts'
import { maxPlainImages } from './limits.ts'

export function check(draft: Draft, limits: Limits): Issue[] {
  return [...checkDraft(draft, limits), ...droppedCards(draft), ...unsizedGalleries(draft, limits)]
}

/** A post holds either media or a card. */
function droppedCards(draft: Draft): Issue[] {
  return draft.segments.flatMap(({ link, media }, index): Issue[] =>
    link && media.length > 0
      ? [{ level: 'warning', code: 'link-card.not-with-media', field: `segments.${index}.link` }]
      : [],
  )
}

/** More than four images need their proportions. */
function unsizedGalleries(draft: Draft, { images }: Limits): Issue[] {
  return draft.segments.flatMap(({ media }, index): Issue[] => {
    if (media.length <= maxPlainImages || media.length > (images?.max ?? 0)) return []
    return media.flatMap((item, place): Issue[] =>
      item.width === null || item.height === null
        ? [{ level: 'error', code: 'media.size-unknown', field: `segments.${index}.media.${place}` }]
        : [],
    )
  })
}
