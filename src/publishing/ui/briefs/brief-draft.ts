// What a new post says at first when it is written from a brief: its material, links and files, to be worked on.

import { useQuery } from '@tanstack/react-query'
import type { Draft } from '../../../connectors/contract.ts'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { draftMediaOf } from '../draft-media.ts'
import { useBriefMedia } from './brief-pictures.tsx'

/** null: nothing of the kind was asked for, or it is still being read (`pending`). */
export function useBriefDraft(briefId: string | undefined): { pending: boolean; draft: Draft | null } {
  const org = useOrg()
  const brief = useQuery({
    ...api.briefs.read.queryOptions({ input: { org: org.id, id: briefId ?? '' }, staleTime: 60_000, retry: false }),
    enabled: briefId !== undefined,
  })
  const { pending, files } = useBriefMedia(brief.data?.mediaIds ?? [])
  if (briefId === undefined || brief.isError) return { pending: false, draft: null }
  if (!brief.data || pending) return { pending: true, draft: null }
  const { kind, material, links } = brief.data
  // A visitor's own words are a question: they stand beside the sheet, not on it.
  const words = kind === 'visitor-request' ? links : [material, ...links]
  const media = files.map((each) => draftMediaOf(each))
  return { pending: false, draft: { segments: [{ text: words.filter(Boolean).join('\n\n'), media }] } }
}
