// In the composer: what would have to be approved and why, before anybody is asked; with a note, and the fast lane where one may use it.

import { Select, Textarea } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Belonging } from '../../types.ts'
import type { SavedForm } from '../composition.ts'
import { findingText, reasonText } from './approval-words.ts'
import './approvals.css'

/** What lanes and guardrails say to the words, and to what the post belongs to, as they stand. */
export function useForeseen(
  form: SavedForm,
  { campaignId, departmentId }: Pick<Belonging, 'campaignId' | 'departmentId'>,
  dueAt: string | undefined,
) {
  const org = useOrg()
  return useQuery(
    api.approvals.foresee.queryOptions({
      input: { org: org.id, content: form.content, variants: form.variants, dueAt, campaignId, departmentId },
      placeholderData: keepPreviousData,
      staleTime: 10_000,
      retry: false,
    }),
  ).data
}

interface ForeseenNoteProps {
  foreseen: ReturnType<typeof useForeseen>
  note: string
  setNote: (note: string) => void
  fastLaneId: string | null
  setFastLaneId: (id: string | null) => void
}

export function ForeseenNote({ foreseen, note, setNote, fastLaneId, setFastLaneId }: ForeseenNoteProps) {
  return (
    <>
      {(foreseen?.lanes.length ?? 0) > 0 && (
        <div className="cp-note">
          It needs approval:
          <ul className="ap-list">
            {foreseen?.lanes.map((lane) => (
              <li key={lane.id}>
                <b>{lane.name}</b> ({lane.reasons.map(reasonText).join('; ')})
              </li>
            ))}
          </ul>
        </div>
      )}
      {foreseen?.findings.map((each) => (
        <p className="cp-note" key={`${each.guardrailId} ${each.accountId}`}>
          {findingText(each)}
        </p>
      ))}
      {(foreseen?.fast.length ?? 0) > 0 && (
        <Select
          label="Fast lane"
          description="For what is urgent, instead of the ordinary lanes."
          clearable
          data={(foreseen?.fast ?? []).map(({ id, name, minutes }) => ({
            value: id,
            label: `${name} (${minutes} min)`,
          }))}
          value={fastLaneId}
          onChange={setFastLaneId}
        />
      )}
      <Textarea
        label="Note for those who approve"
        autosize
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </>
  )
}
