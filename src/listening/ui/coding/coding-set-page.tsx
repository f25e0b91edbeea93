// One coding set: coding it for its coders, then how far they agree, what is to be settled, and the end.

import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { labelTitles } from '../labels/label-words.ts'
import { Agreement } from './agreement.tsx'
import { Coder } from './coder.tsx'
import { type CodingSet, stateLook } from './coding-words.ts'
import './coding.css'

const route = getRouteApi('/o/$slug/listen/coding/$setId')

export function CodingSetPage() {
  const org = useOrg()
  const { setId } = route.useParams()
  const set = useQuery(api.coding.read.queryOptions({ input: { org: org.id, id: setId }, refetchInterval: 15_000 }))
  return (
    <AppPage
      title={set.data?.name ?? 'Coding'}
      aside={set.data && <StateOf set={set.data} />}
      description={set.data && <Facts set={set.data} />}
      actions={set.data && <Remove set={set.data} />}
      crumbs={[
        <TextLink key="coding" to="/o/$slug/listen/coding" params={{ slug: org.slug }} inherit>
          Coding
        </TextLink>,
      ]}
    >
      {set.isPending && <LoadingRows />}
      <ErrorPanel error={set.error} retry={() => void set.refetch()} />
      {set.data && (set.data.state === 'coding' ? <Coding set={set.data} /> : <Agreement set={set.data} />)}
    </AppPage>
  )
}

function StateOf({ set }: { set: CodingSet }) {
  const look = stateLook[set.state]
  return (
    <Badge tone={look.tone} title={look.means}>
      {look.label}
    </Badge>
  )
}

function Facts({ set }: { set: CodingSet }) {
  return (
    <>
      {labelTitles[set.label]} of {count(set.size, 'text')} of {set.topic}, drawn from {set.population.toLocaleString()}{' '}
      {set.stratified ? 'with as many of each label of the machine' : 'at random'} (seed {set.seed}), said from{' '}
      <TimeText at={set.from} /> to <TimeText at={set.to} />.
    </>
  )
}

function Remove({ set }: { set: CodingSet }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  if (!may('listening.change')) return null
  const remove = async () => {
    const done = await confirm({
      title: `Put ${set.name} away?`,
      body: 'It no longer counts for how often the machine is right. Labels that it set stay on the mentions.',
      action: 'Put it away',
      danger: true,
      run: () => client.coding.remove({ org: org.id, id: set.id }),
    })
    if (!done) return
    await refresh(queryClient, api.coding, api.labels)
    await navigate({ to: '/o/$slug/listen/coding', params: { slug: org.slug } })
  }
  return (
    <Button variant="default" onClick={() => void remove()}>
      Put it away
    </Button>
  )
}

function Coding({ set }: { set: CodingSet }) {
  const org = useOrg()
  const [again, setAgain] = useState(false)
  const mine = set.coders.find(({ memberId }) => memberId === org.memberId)
  const through = mine !== undefined && mine.coded >= set.size
  if (mine && (!through || again)) return <Coder set={set} through={() => setAgain(false)} />
  return (
    <div className="lr-panel cd-wait">
      <h2>{through ? 'You are through' : 'Two people code this'}</h2>
      <p>How far they agree is shown when both are through; until then nobody sees what the other says.</p>
      <ul>
        {set.coders.map(({ memberId, name, coded }) => (
          <li key={memberId}>
            {name || 'Somebody'}: {coded} of {set.size}
          </li>
        ))}
      </ul>
      {through && (
        <Group>
          <Button variant="default" onClick={() => setAgain(true)}>
            Look through them again
          </Button>
        </Group>
      )}
    </div>
  )
}
