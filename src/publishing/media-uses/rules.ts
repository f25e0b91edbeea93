// What the rights of files mean for a post: errors where they are over, warnings where they end soon or nobody knows them.

import type { Draft, Issue } from '../../connectors/contract.ts'
import type { RightsFacts } from '../../media/library/ends.ts'

export interface KnownRights {
  warnUnknown: boolean
  files: ReadonlyMap<string, RightsFacts>
}

/** One issue for each place of a file. Files that are not known here have issues of their own elsewhere. */
export function rightsIssues(draft: Draft, { warnUnknown, files }: KnownRights): Issue[] {
  return placesOf(draft).flatMap(({ id, field }): Issue[] => {
    const facts = files.get(id)
    if (!facts) return []
    const params = { file: facts.fileName, until: facts.until ?? '' }
    if (facts.state === 'expired') return [{ level: 'error', code: 'media.rights-ended', field, params }]
    if (facts.state === 'expiring') return [{ level: 'warning', code: 'media.rights-ending', field, params }]
    if (facts.state === 'unknown' && warnUnknown)
      return [{ level: 'warning', code: 'media.rights-unknown', field, params: { file: facts.fileName } }]
    return []
  })
}

/** Where a draft shows files, in the words of the check. */
export const placesOf = ({ segments, featured }: Draft): { id: string; field: string }[] => [
  ...segments.flatMap(({ media, link }, segment) => [
    ...media.map(({ id }, at) => ({ id, field: `segments.${segment}.media.${at}` })),
    ...(link?.imageId ? [{ id: link.imageId, field: `segments.${segment}.link` }] : []),
  ]),
  ...(featured ? [{ id: featured.id, field: 'featured' }] : []),
]
