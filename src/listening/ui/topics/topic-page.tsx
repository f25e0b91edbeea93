// One topic: what is asked for, as a form and as a query, tried on the last days, with its versions.

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api, client } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { emptyForm, topicForm } from '../../topics/language/form/types.ts'
import { type TopicKind, topicKinds } from '../../topics/types.ts'
import { TopicEditor } from './topic-editor.tsx'
import { TopicHandOn } from './topic-hand-on.tsx'
import { TopicVersions } from './topic-versions.tsx'
import type { Topic } from './topics-page.tsx'
import '../listen.css'

const newRoute = getRouteApi('/o/$slug/listen/topics/new')
const oneRoute = getRouteApi('/o/$slug/listen/topics/$topicId')

function useCrumbs() {
  const { slug } = useOrg()
  return [
    <TextLink key="topics" to="/o/$slug/listen/topics" params={{ slug }}>
      Topics
    </TextLink>,
  ]
}

export function NewTopicPage() {
  const org = useOrg()
  const navigate = useNavigate()
  const { kind: asked } = newRoute.useSearch()
  const kind = topicKinds.includes(asked as TopicKind) ? (asked as TopicKind) : 'brand'
  return (
    <AppPage title="New topic" crumbs={useCrumbs()}>
      <TopicEditor
        initial={{ name: '', kind, query: '', form: emptyForm() }}
        isNew
        save={(facts) => client.topics.add({ org: org.id, ...facts })}
        saved={async ({ name }) => {
          showDone(`Longrun listens for “${name}” from now on`)
          await navigate({ to: '/o/$slug/listen/topics', params: { slug: org.slug } })
        }}
      />
    </AppPage>
  )
}

export function TopicPage() {
  const org = useOrg()
  const { topicId } = oneRoute.useParams()
  const topic = useQuery(api.topics.read.queryOptions({ input: { org: org.id, id: topicId } }))
  return (
    <AppPage title={topic.data?.name ?? 'Topic'} crumbs={useCrumbs()}>
      {topic.isPending && <LoadingRows />}
      <ErrorPanel error={topic.error} retry={() => void topic.refetch()} />
      {topic.data && <OneTopic key={topic.data.version} topic={topic.data} />}
    </AppPage>
  )
}

function OneTopic({ topic }: { topic: Topic }) {
  const org = useOrg()
  const { id, name, kind, query, version, ownerId, campaignId } = topic
  const form = topicForm.safeParse(topic.form)
  return (
    <>
      <TopicEditor
        initial={{ name, kind, query, form: form.success ? form.data : null }}
        save={({ note, ...facts }) =>
          client.topics.change({ org: org.id, id, version, note, ownerId, campaignId, ...facts })
        }
        saved={async () => showDone('Saved')}
      />
      <TopicHandOn topic={topic} />
      <TopicVersions topic={topic} />
    </>
  )
}
