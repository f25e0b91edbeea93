// What is worth it: what an hour of each activity brings, what the planner would choose, and what would be if.

import { IconScale } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, type client, type Output, refresh } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { isOpen } from '../../choices/types.ts'
import { ChoiceSection } from './choice-section.tsx'
import { IfSection } from './if-section.tsx'
import { WorthSection } from './worth-section.tsx'
import '../refusal-words.ts'
import './choosing-words.ts'
import '../programme.css'
import './choosing.css'

export type Worth = Output<typeof client.worth.read>
export type WorthLine = Worth['lines'][number]
export type Choice = Output<typeof client.choices.read>

export function ChoosingPage() {
  const org = useOrg()
  const programme = useQuery(api.programme.read.queryOptions({ input: { org: org.id } }))
  const worth = useQuery(api.worth.read.queryOptions({ input: { org: org.id } }))
  const choices = useChoices(org.id)
  return (
    <AppPage
      title="What is worth it"
      description="What an hour of work brings, by your own numbers, and what would be the best use of the minutes you have."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
    >
      {(worth.isPending || programme.isPending) && <LoadingRows />}
      <ErrorPanel error={worth.error ?? programme.error} retry={() => void worth.refetch()} />
      {worth.data && programme.data && (
        <>
          <WorthSection worth={worth.data} />
          {programme.data.programme ? (
            <>
              <ErrorPanel error={choices.error} retry={() => void choices.refetch()} />
              {choices.data && <ChoiceSection choices={choices.data} worth={worth.data} />}
              {choices.data && <IfSection choices={choices.data} worth={worth.data} />}
            </>
          ) : (
            <EmptyState
              title="No programme goes on"
              icon={<IconScale size={28} stroke={1.5} />}
              action={
                <ButtonLink to="/o/$slug/programme" params={{ slug: org.slug }}>
                  To the programme
                </ButtonLink>
              }
            >
              The planner chooses for a programme: begin one first.
            </EmptyState>
          )}
        </>
      )}
    </AppPage>
  )
}

/** While the planner works, how far it is. */
const followMs = 700

/** All that were made, and the one that is being made as it goes on. */
function useChoices(org: string) {
  const queryClient = useQueryClient()
  const list = useQuery(api.choices.list.queryOptions({ input: { org } }))
  const open = list.data?.find(({ state }) => isOpen(state))
  const { data: followed } = useQuery(
    api.choices.read.queryOptions({
      input: { org, id: open?.id ?? '' },
      ...{ enabled: open !== undefined, refetchInterval: followMs },
    }),
  )
  const hasEnded = open !== undefined && followed?.id === open.id && !isOpen(followed.state)
  useEffect(() => {
    if (hasEnded) void refresh(queryClient, api.choices)
  }, [hasEnded, queryClient])
  return { ...list, data: list.data?.map((each) => (each.id === followed?.id ? followed : each)) }
}
