// Somebody who speaks: what they said, the parts of their score, what was decided, what it is kept for and until when.

import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { allItems, api, client, paging, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { BeginConversation } from '../handing-on/begin-conversation.tsx'
import { TakenOver } from '../handing-on/taken-over.tsx'
import { MentionCard } from '../mentions/mention-card.tsx'
import { useNetworkName } from '../use-network-name.ts'
import { Decisions } from './decisions.tsx'
import { Objection } from './objection.tsx'
import { nameOf, type Speaker, sideWords, stateWords } from './people-words.ts'
import { Purpose } from './purpose.tsx'
import { ScoreParts } from './score-parts.tsx'
import '../listen.css'
import '../refusal-words.ts'
import './people.css'

const route = getRouteApi('/o/$slug/listen/people/$authorId')

export function AuthorPage() {
  const org = useOrg()
  const { authorId } = route.useParams()
  const author = useQuery(api.speakers.read.queryOptions({ input: { org: org.id, id: authorId } }))
  const networkName = useNetworkName()
  const { data } = author
  return (
    <AppPage
      title={data ? nameOf(data) : 'Somebody who speaks'}
      crumbs={[
        <TextLink key="people" inherit to="/o/$slug/listen/people" params={{ slug: org.slug }}>
          People who speak
        </TextLink>,
      ]}
      aside={data?.state && <Badge tone={stateWords[data.state].tone}>{stateWords[data.state].label}</Badge>}
      description={data && <Who author={data} network={networkName(data.network)} />}
    >
      {author.isPending && <LoadingRows />}
      <ErrorPanel error={author.error} retry={() => void author.refetch()} />
      {data && (
        <div className="pe-sides">
          {data.score && <ScoreParts score={data.score} mentions={data.mentions} />}
          <aside className="pe-aside" aria-label="What is agreed">
            {data.state === null ? <Spot id={data.id} /> : <Decisions key={data.state} author={data} />}
            {data.state !== null && !data.objectedAt && <Purpose author={data} />}
            <Objection author={data} />
          </aside>
          {!data.objectedAt && (
            <div className="pe-said">
              <Section
                title="What they said"
                actions={
                  <BeginConversation
                    name={nameOf(data)}
                    begin={(given) => client.beginning.withAuthor({ org: org.id, id: data.id, ...given })}
                  />
                }
              >
                <Said id={data.id} />
              </Section>
            </div>
          )}
        </div>
      )}
    </AppPage>
  )
}

function Who({ author, network }: { author: Speaker; network: string }) {
  const { handle, url, followers, side } = author
  const at = handle && `@${handle.replace(/^@/, '')}`
  return (
    <span className="pe-who">
      {at &&
        (url ? (
          <Anchor href={url} target="_blank" rel="noopener noreferrer" inherit>
            {at}
          </Anchor>
        ) : (
          <span>{at}</span>
        ))}
      <span>{network}</span>
      {followers !== null && <span>{count(followers, 'follower')}</span>}
      {side && <Badge tone={sideWords[side]!.tone}>{sideWords[side]!.label}</Badge>}
    </span>
  )
}

function Spot({ id }: { id: string }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const spot = useMutation({
    mutationFn: () => client.speakers.spot({ org: org.id, id }),
    onSuccess: () => refresh(queryClient, api.speakers),
    onError: (error) => showProblem(error),
  })
  return (
    <section className="lr-panel pe-box" aria-label="Not on the list">
      <h2>Not on the list</h2>
      <p>Nothing is stored of them besides what they said in public.</p>
      {may('listening.approach') && (
        <Button variant="default" loading={spot.isPending} onClick={() => spot.mutate()}>
          Keep an eye on them
        </Button>
      )}
    </section>
  )
}

function Said({ id }: { id: string }) {
  const org = useOrg()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const list = useInfiniteQuery(
    api.mentions.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, author: id, cursor, limit: 20 }),
      ...paging,
    }),
  )
  const items = allItems(list.data)
  const topicName = (topic: string) => topics.data?.find((each) => each.id === topic)?.name ?? null
  return (
    <>
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && <p>Nothing of it is kept any more.</p>}
      {items && items.length > 0 && (
        <TakenOver ids={items.map((mention) => mention.id)}>
          <ul className="li-list" aria-label="What they said">
            {items.map((mention) => (
              <MentionCard key={mention.id} mention={mention} topicName={topicName} />
            ))}
          </ul>
        </TakenOver>
      )}
      <LoadMore list={list} mt="md" />
    </>
  )
}
