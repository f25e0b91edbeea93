// One brief: what is wanted and from what, what was made of it, and how it goes on.

import { Button, Modal } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { StateBadge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { type BriefChange, briefAllows } from '../../briefs/rules.ts'
import { ReasonDialog } from '../reason-dialog.tsx'
import { type Brief, BriefForm } from './brief-form.tsx'
import { BriefMaterial } from './brief-material.tsx'
import { kindWords } from './brief-words.ts'
import { BriefBadges } from './briefs-page.tsx'
import './briefs.css'

const route = getRouteApi('/o/$slug/briefs/$briefId')

export function BriefPage() {
  const { briefId } = route.useParams()
  const org = useOrg()
  const brief = useQuery(api.briefs.read.queryOptions({ input: { org: org.id, id: briefId } }))
  return (
    <AppPage
      title={brief.data?.title ?? 'Brief'}
      aside={brief.data && <BriefBadges brief={brief.data} />}
      crumbs={[
        <TextLink key="briefs" inherit to="/o/$slug/briefs" params={{ slug: org.slug }}>
          Briefs
        </TextLink>,
      ]}
      description={brief.data && <Story brief={brief.data} />}
      actions={brief.data && <Actions brief={brief.data} />}
    >
      {brief.isPending && <LoadingRows />}
      <ErrorPanel error={brief.error} retry={() => void brief.refetch()} />
      {brief.data && (
        <>
          <Section title="What is wanted">
            <BriefMaterial brief={brief.data} />
          </Section>
          <Section title="Posts made from it">
            <Posts brief={brief.data} />
          </Section>
        </>
      )}
    </AppPage>
  )
}

function Story({ brief }: { brief: Brief }) {
  const { createdBy, createdAt, begunBy, begunAt, endedBy, endedAt, state, declineReason } = brief
  return (
    <>
      {kindWords[brief.kind]},{' '}
      {createdBy
        ? `written by ${createdBy.name || 'a former member'}`
        : brief.kind === 'visitor-request'
          ? 'asked by a visitor'
          : 'made by a crossing point'}{' '}
      <TimeText at={createdAt} relative />
      {begunAt && (
        <>
          ; taken up by {begunBy?.name || 'a former member'} <TimeText at={begunAt} relative />
        </>
      )}
      {endedAt && (
        <>
          ; {state} by {endedBy?.name || 'a former member'} <TimeText at={endedAt} relative />
          {declineReason && `: ${declineReason}`}
        </>
      )}
      .
    </>
  )
}

function Actions({ brief }: { brief: Brief }) {
  const { id } = brief
  const { id: org, slug } = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState<'edit' | 'decline' | null>(null)
  if (!may('briefs.write')) return null
  const can = (change: BriefChange) => briefAllows(brief.state, change)
  const change = async (work: () => Promise<Brief>, said: string): Promise<void> => {
    const changed = await work()
    queryClient.setQueryData(api.briefs.read.queryKey({ input: { org, id } }), changed)
    await refresh(queryClient, api.briefs)
    showDone(said)
  }
  const run = (work: () => Promise<Brief>, said: string) => void change(work, said).catch((error) => showProblem(error))
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setAsking('edit')}>
        Edit
      </Button>
      {can('decline') && (
        <Button variant="default" onClick={() => setAsking('decline')}>
          Decline
        </Button>
      )}
      {can('begin') && (
        <Button variant="default" onClick={() => run(() => client.briefs.begin({ org, id }), 'Taken up')}>
          Take up
        </Button>
      )}
      {can('finish') && (
        <Button variant="default" onClick={() => run(() => client.briefs.finish({ org, id }), 'Done')}>
          Done
        </Button>
      )}
      {can('reopen') && (
        <Button variant="default" onClick={() => run(() => client.briefs.reopen({ org, id }), 'Taken up again')}>
          Take up again
        </Button>
      )}
      {can('finish') && (
        <ButtonLink to="/o/$slug/compose" params={{ slug }} search={{ brief: id }}>
          Write from this brief
        </ButtonLink>
      )}
      <Modal opened={asking === 'edit'} onClose={() => setAsking(null)} title="Edit the brief" size="lg">
        <BriefForm brief={brief} done={() => setAsking(null)} close={() => setAsking(null)} />
      </Modal>
      <ReasonDialog
        opened={asking === 'decline'}
        close={() => setAsking(null)}
        title="Decline this brief?"
        text="It stays on record with the reason, and can be taken up again."
        action="Decline"
        run={(reason) => change(() => client.briefs.decline({ org, id, reason }), 'Declined')}
      />
    </>
  )
}

function Posts({ brief }: { brief: Brief }) {
  const { slug } = useOrg()
  if (brief.posts.length === 0)
    return <p className="br-note">None yet. “Write from this brief” begins the first one.</p>
  return (
    <ul className="br-posts">
      {brief.posts.map((post) => (
        <li key={post.id}>
          <TextLink to="/o/$slug/posts/$postId" params={{ slug, postId: post.id }}>
            {post.summary || 'Without text'}
          </TextLink>
          <StateBadge state={post.state} />
          {post.dueAt && <TimeText at={post.dueAt} />}
        </li>
      ))}
    </ul>
  )
}
