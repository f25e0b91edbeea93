// Adds or changes a placement. Where its link leads is said once: what is printed cannot be changed.

import { Group, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { amountFrom, amountText, currencies } from '../../../kit/money.ts'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { type Medium, media } from '../../placements/types.ts'
import { alwaysOn, useCampaignOptions } from '../use-campaign-options.ts'
import { mediumWords } from './placement-words.ts'

export type Placement = Output<typeof client.placements.read>

interface Values extends Record<string, unknown> {
  medium: Medium
  name: string
  place: string
  leadsTo: string
  word: string
  beginsOn: string
  endsOn: string
  cost: string
  currency: string
  campaignId: string | null
  ownerId: string | null
}

const valuesOf = (placement: Placement | null): Values => ({
  medium: placement?.medium ?? 'print',
  name: placement?.name ?? '',
  place: placement?.place ?? '',
  leadsTo: placement?.target ?? '',
  word: placement?.word ?? '',
  beginsOn: placement?.beginsOn ?? '',
  endsOn: placement?.endsOn ?? '',
  cost: placement?.cost == null ? '' : amountText(placement.cost, placement.currency!),
  currency: placement?.currency ?? 'EUR',
  campaignId: placement?.campaignId ?? null,
  ownerId: placement?.ownerId ?? null,
})

function factsOf(values: Values) {
  const cost = amountFrom(values.cost, values.currency)
  return {
    ...{ medium: values.medium, name: values.name, place: values.place, word: values.word.trim() || null },
    ...{ beginsOn: values.beginsOn || null, endsOn: values.endsOn || null },
    ...{ cost, currency: cost === null ? null : values.currency },
    ...{ campaignId: values.campaignId, ownerId: values.ownerId },
  }
}

interface Props {
  placement: Placement | null
  done: (placement: Placement) => void
}

export function PlacementForm({ placement, done }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: valuesOf(placement),
    validate: ({ name, leadsTo, cost, currency }) => ({
      name: wants.text(name, 'A name'),
      leadsTo:
        placement || /^https?:\/\/\S+$/.test(leadsTo.trim()) ? null : 'An address that begins with https:// is needed.',
      cost:
        cost.trim() === '' || amountFrom(cost, currency) !== null ? null : 'An amount like 480 or 480.50 is needed.',
    }),
    send: (values) =>
      placement
        ? client.placements.change({ org: org.id, id: placement.id, ...factsOf(values) })
        : client.placements.add({ org: org.id, leadsTo: values.leadsTo.trim(), ...factsOf(values) }),
    done: async (answer) => {
      await refresh(queryClient, api.placements)
      done(answer)
    },
  })
  const { campaignId, ownerId, currency } = form.values.values
  const campaigns = useCampaignOptions(campaignId)
  return (
    <ServerForm form={form} submit={placement ? 'Save' : 'Add placement'} label="Placement">
      <Select
        label="Medium"
        allowDeselect={false}
        data={media.map((value) => ({ value, label: mediumWords[value] }))}
        {...form.field('medium')}
      />
      <TextInput label="Name" placeholder="Box of the wind jacket" data-autofocus {...form.field('name')} />
      <TextInput label="Where exactly" placeholder="Lid, inside" {...form.field('place')} />
      {!placement && (
        <TextInput
          label="Leads to"
          description="The page with your accounts, or one account. It gets parameters that name this placement."
          placeholder="https://example.org/follow"
          {...form.field('leadsTo')}
        />
      )}
      <Group grow align="flex-start">
        <Select
          label="Campaign or always-on"
          description={
            placement ? 'The link keeps the parameters it was printed with.' : 'Named in the parameters of its link.'
          }
          searchable
          allowDeselect={false}
          data={campaigns.options}
          {...form.field('campaignId')}
          value={campaignId ?? alwaysOn}
          onChange={(next) => form.values.setFieldValue('campaignId', next === alwaysOn ? null : next)}
        />
        <PersonSelect
          label="Owner"
          description="Who answers for it."
          placeholder="Nobody yet"
          {...form.field('ownerId')}
          value={ownerId}
          onChange={(next) => form.values.setFieldValue('ownerId', next)}
        />
      </Group>
      <TextInput
        label="Word"
        description="What people name when somebody asks how they came. Not needed."
        placeholder="HARBOUR"
        {...form.field('word')}
      />
      <Group grow align="flex-start">
        <TextInput type="date" label="From" {...form.field('beginsOn')} />
        <TextInput type="date" label="Until" {...form.field('endsOn')} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="Cost" inputMode="decimal" {...form.field('cost')} />
        <Select
          label="Currency"
          allowDeselect={false}
          data={[...new Set([currency, ...currencies])]}
          {...form.field('currency')}
        />
      </Group>
    </ServerForm>
  )
}
