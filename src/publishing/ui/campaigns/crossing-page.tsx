// One crossing point: what it does, whether it works, who is told; switching it, rehearsing it, firing it; everything it did.

import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Options } from '../../crossings/types.ts'
import { pointSentence, standingWords } from './campaign-words.ts'
import type { Point } from './crossings-page.tsx'
import { FireActions } from './fire-actions.tsx'
import { Firings } from './firings.tsx'
import { PointFields } from './point-fields.tsx'
import './campaigns.css'

const route = getRouteApi('/o/$slug/campaigns/crossings/$pointId')

export function CrossingPage() {
  const { pointId } = route.useParams()
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.crossings.read.queryOptions({ input: { org: org.id, id: pointId } }))
  const point = found.data
  const standing = point && standingWords(point)
  return (
    <AppPage
      title={point?.name ?? 'Crossing point'}
      aside={
        point &&
        standing &&
        (point.disabledAt ? <Badge>Off</Badge> : <Badge tone={standing.tone}>{standing.label}</Badge>)
      }
      description={point && pointSentence(point)}
      width="narrow"
      crumbs={[
        <TextLink key="all" inherit to="/o/$slug/campaigns" params={{ slug: org.slug }}>
          Campaigns
        </TextLink>,
        <TextLink key="points" inherit to="/o/$slug/campaigns/crossings" params={{ slug: org.slug }}>
          Crossing points
        </TextLink>,
      ]}
      actions={point && may('crossings.fire') && <FireActions point={point} />}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {point && (
        <>
          <p className="cm-note cm-flat">
            {point.disabledAt ? (
              <>
                Switched off by {point.disabledBy?.name || 'a former member'}{' '}
                <TimeText at={point.disabledAt} relative />.
              </>
            ) : (
              standing?.text
            )}
          </p>
          <Section title="Settings">
            <PointForm key={point.revision} point={point} />
          </Section>
          <Section title="What it did">
            <Firings filter={{ pointId: point.id }} empty="It has not fired yet." />
          </Section>
        </>
      )}
    </AppPage>
  )
}

function PointForm({ point }: { point: Point }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [name, setName] = useState(point.name)
  const [tell, setTell] = useState(point.tell)
  const [options, setOptions] = useState<Options>(point.options)
  const allowed = may('crossings.change')
  const save = useMutation({
    mutationFn: (enabled: boolean | undefined) =>
      client.crossings.change({
        org: org.id,
        id: point.id,
        revision: point.revision,
        name: name.trim(),
        tell,
        options,
        enabled,
      }),
    onSuccess: async (saved, enabled) => {
      queryClient.setQueryData(api.crossings.read.queryKey({ input: { org: org.id, id: point.id } }), saved)
      await refresh(queryClient, api.crossings, api.events)
      showDone(enabled === undefined ? `${saved.name} is saved` : enabled ? 'Switched on' : 'Switched off')
    },
  })
  const off = point.disabledAt !== null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(undefined)
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          maxLength={200}
          disabled={!allowed}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PointFields
          {...{ tell, options, setTell, setOptions }}
          asksDays={point.trigger === 'campaign.neared'}
          disabled={!allowed}
        />
        <ErrorPanel error={save.error} kept="Nothing was changed; what you typed is still here." />
        {allowed ? (
          <Group gap="xs">
            <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
              Save
            </Button>
            <Button variant="default" disabled={save.isPending} onClick={() => save.mutate(off)}>
              {off ? 'Switch it on' : 'Switch it off'}
            </Button>
          </Group>
        ) : (
          <p className="cm-note">Owners, admins and managers can change this.</p>
        )}
      </Stack>
    </form>
  )
}
