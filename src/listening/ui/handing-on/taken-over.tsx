// Which mentions are conversations of the inbox: asked once for a whole list, shown with each as a link.

import { useQueries } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { TextLink } from '../../../kit/links.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'

type Taken = Output<typeof client.takingOver.taken>[number]

const Known = createContext<ReadonlyMap<string, Taken>>(new Map())

const lot = 50

/** Of the mentions that are shown inside of it. */
export function TakenOver({ ids, children }: { ids: readonly string[]; children: ReactNode }) {
  const org = useOrg()
  const may = useMay()
  const lots = Array.from({ length: Math.ceil(ids.length / lot) }, (_, at) => ids.slice(at * lot, (at + 1) * lot))
  const taken = useQueries({
    queries: lots.map((some) => ({
      ...api.takingOver.taken.queryOptions({ input: { org: org.id, mentions: some.join(',') } }),
      enabled: may('inbox.read'),
    })),
    combine: (found) => new Map(found.flatMap(({ data = [] }) => data.map((each) => [each.mentionId, each] as const))),
  })
  return <Known.Provider value={taken}>{children}</Known.Provider>
}

export const useTaken = (mentionId: string): Taken | undefined => useContext(Known).get(mentionId)

export function InInbox({ mentionId }: { mentionId: string }) {
  const { slug } = useOrg()
  const taken = useTaken(mentionId)
  if (!taken) return null
  return (
    <TextLink to="/o/$slug/inbox/$conversationId" params={{ slug, conversationId: taken.conversationId }} inherit>
      {taken.isClosed ? 'In the inbox, closed' : 'In the inbox'}
    </TextLink>
  )
}
