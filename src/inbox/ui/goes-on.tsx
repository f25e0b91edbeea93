// In place of the forms of a conversation that became part of another: the way there, with what was being written.

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../kit/api.ts'
import { ButtonLink } from '../../kit/links.tsx'
import { carryKept } from '../../kit/use-kept.ts'
import { useOrg } from '../../kit/viewer.tsx'
import type { Conversation } from './inbox-words.ts'

export const noteName = (org: string, conversationId: string): string => `longrun-note ${org} ${conversationId}`

/** All of it is part of another. A part that was only divided has messages of its own left. */
export const isEmptied = ({ messages, goesOnIn }: Pick<Conversation, 'messages' | 'goesOnIn'>): boolean =>
  messages === 0 && goesOnIn !== null

export function GoesOn({ id, into }: { id: string; into: string }) {
  const org = useOrg()
  useEffect(() => carryKept(noteName(org.id, id), noteName(org.id, into)), [org.id, id, into])
  const words = useLeftBehind(id, into)
  return (
    <section className="ib-note" aria-label="Where it goes on">
      <p>All that was said here is part of another conversation now. Notes and answers belong there.</p>
      {words && (
        <>
          <p className="lr-dimmed">You had begun to answer here:</p>
          <p className="ib-words" dir="auto">
            {words}
          </p>
        </>
      )}
      <div>
        <ButtonLink
          to="/o/$slug/inbox/$conversationId"
          params={{ slug: org.slug, conversationId: into }}
          search={(before: object) => before}
        >
          Go on there
        </ButtonLink>
      </div>
    </section>
  )
}

/** What was begun before they were put together went along; this was written since. */
function useLeftBehind(id: string, into: string): string {
  const org = useOrg()
  const drafts = [id, into].map((each) => api.answerDrafts.read.queryOptions({ input: { org: org.id, id: each } }))
  const [here, there] = [useQuery(drafts[0]!), useQuery(drafts[1]!)]
  if (!here.data || !there.data || there.data.text.includes(here.data.text)) return ''
  return here.data.text
}
