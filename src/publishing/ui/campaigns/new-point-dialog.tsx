// Adds a crossing point of one's own: when something happens, under a condition, something follows and somebody is told.

import { Modal, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import {
  type Condition,
  type Options,
  ownActions,
  type Tell,
  type TriggerVerb,
  triggerVerbs,
} from '../../crossings/types.ts'
import { actionWords, kindWords, triggerWords } from './campaign-words.ts'
import { PointFields } from './point-fields.tsx'

/** Conditions that people ask for, in words; further ones can be set over the API. */
const offered: { label: string; fits: RegExp; condition: Condition }[] = [
  { label: 'it belongs to a campaign', fits: /^post\./, condition: { fact: 'campaignId', is: 'present', value: '' } },
  { label: 'it belongs to always-on', fits: /^post\./, condition: { fact: 'campaignId', is: 'absent', value: '' } },
  { label: 'a customer began it', fits: /^post\./, condition: { fact: 'initiator', is: 'equal', value: 'customer' } },
  {
    label: 'it has ten new replies or more',
    fits: /^post\.replied$/,
    condition: { fact: 'new', is: 'at-least', value: '10' },
  },
  ...Object.entries(kindWords).map(([value, label]) => ({
    label: `its kind is ${label.toLowerCase()}`,
    fits: /^campaign\./,
    condition: { fact: 'kind', is: 'equal' as const, value },
  })),
]

export function NewPointDialog({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal opened={opened} onClose={close} title="A crossing point of your own" size="lg">
      {opened && <NewPoint close={close} />}
    </Modal>
  )
}

function NewPoint({ close }: { close: () => void }) {
  const org = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [trigger, setTrigger] = useState<TriggerVerb>('campaign.begun')
  const [only, setOnly] = useState<string | null>(null)
  const [action, setAction] = useState<(typeof ownActions)[number]>('tell')
  const [tell, setTell] = useState<Tell>({ owner: true, memberIds: [], roles: [], departmentIds: [] })
  const [options, setOptions] = useState<Options>({})
  const conditions = offered.filter(({ fits }) => fits.test(trigger))
  const add = useMutation({
    mutationFn: () =>
      client.crossings.create({
        ...{ org: org.id, name: name.trim(), trigger, action, tell, options },
        conditions: conditions.flatMap((each) => (each.label === only ? each.condition : [])),
      }),
    onSuccess: async (point) => {
      await refresh(queryClient, api.crossings, api.events)
      close()
      await navigate({ to: '/o/$slug/campaigns/crossings/$pointId', params: { slug: org.slug, pointId: point.id } })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label="When"
          allowDeselect={false}
          data={triggerVerbs.map((value) => ({ value, label: triggerWords[value] }))}
          value={trigger}
          onChange={(value) => value && setTrigger(value as TriggerVerb)}
        />
        {conditions.length > 0 && (
          <Select
            label="Only if"
            placeholder="Always"
            clearable
            data={conditions.map(({ label }) => label)}
            value={only}
            onChange={setOnly}
          />
        )}
        <Select
          label="Then"
          allowDeselect={false}
          data={ownActions.map((value) => ({ value, label: actionWords[value] }))}
          value={action}
          onChange={(value) => value && setAction(value as (typeof ownActions)[number])}
        />
        <PointFields {...{ tell, options, setTell, setOptions }} asksDays={trigger === 'campaign.neared'} />
        <ErrorPanel error={add.error} kept="Nothing was added; what you typed is still here." />
        <DialogActions close={close} action="Add the point" working={add.isPending} disabled={!name.trim()} />
      </Stack>
    </form>
  )
}
