// The fields of a campaign's brief, phase by phase and link by link.

import { ActionIcon, Button, Group, NumberInput, Select, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { ServerForm, type ServerFormState } from '../../../kit/form.tsx'
import { currencies } from '../../../kit/money.ts'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { ZoneSelect } from '../../../kit/zone-select.tsx'
import { campaignKinds } from '../../campaigns/types.ts'
import { AssetField } from './asset-field.tsx'
import type { BriefValues } from './campaign-form-page.tsx'
import { kindWords } from './campaign-words.ts'
import { useDepartments } from './use-departments.ts'
import '@mantine/core/styles/NumberInput.css'

type Form = ServerFormState<BriefValues>

export function CampaignForm({ form, action, reload }: { form: Form; action: string; reload?: () => void }) {
  const departments = useDepartments()
  const { values } = form.values
  return (
    <ServerForm
      form={form}
      submit={action}
      label="Brief of the campaign"
      actions={
        reload && (
          <Button variant="default" onClick={reload}>
            Load the newest version
          </Button>
        )
      }
    >
      <TextInput label="Name" maxLength={200} required {...form.field('name')} />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Select
          label="Kind"
          allowDeselect={false}
          data={campaignKinds.map((value) => ({ value, label: kindWords[value] }))}
          {...form.field('kind')}
        />
        <TextInput type="date" label="First day" required {...form.field('beginsOn')} />
        <TextInput type="date" label="Last day" required min={values.beginsOn} {...form.field('endsOn')} />
      </SimpleGrid>
      <Textarea
        label="Goal"
        description="What is to be different afterwards, and how you will see it."
        autosize
        minRows={2}
        maxLength={5000}
        {...form.field('goal')}
      />
      <Textarea
        label="Audience"
        description="Whom it is for."
        autosize
        minRows={1}
        maxLength={5000}
        {...form.field('audience')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <PersonSelect
          label="Owner"
          description="Is told when it begins and when it is over."
          clearable={false}
          {...form.field('ownerId')}
          value={values.ownerId}
        />
        <PersonSelect
          label="Deputy"
          description="Takes over if the owner leaves."
          placeholder="Nobody"
          {...form.field('deputyId')}
          value={values.deputyId}
        />
        <Select
          label="Department"
          placeholder="None"
          clearable
          data={departments.options}
          {...form.field('departmentId')}
          value={values.departmentId}
        />
        <ZoneSelect label="Time zone" allowDeselect={false} {...form.field('timeZone')} />
      </SimpleGrid>
      <Phases form={form} />
      <SimpleGrid cols={{ base: 2 }}>
        <NumberInput
          label="Budget"
          placeholder="None set"
          min={0}
          max={1_000_000_000}
          thousandSeparator=" "
          hideControls
          {...form.field('amount')}
        />
        <Select
          label="Currency"
          searchable
          allowDeselect={false}
          data={[...new Set([values.currency, ...currencies])]}
          {...form.field('currency')}
        />
      </SimpleGrid>
      <Links form={form} />
      <AssetField ids={values.assetIds} set={(ids) => form.values.setFieldValue('assetIds', ids)} />
    </ServerForm>
  )
}

function Phases({ form }: { form: Form }) {
  const { beginsOn, endsOn, phases } = form.values.values
  const at = (index: number, name: string) => form.values.getInputProps(`phases.${index}.${name}`)
  return (
    <fieldset className="cm-rows">
      <legend>Phases</legend>
      {phases.length === 0 && (
        <Text size="sm" c="dimmed">
          None yet. Teaser, launch, after: each has its days within the campaign.
        </Text>
      )}
      {phases.map((_, index) => (
        <div className="cm-row" key={index}>
          <TextInput
            aria-label={`Name of phase ${index + 1}`}
            placeholder="Name"
            maxLength={100}
            {...at(index, 'name')}
          />
          <TextInput
            type="date"
            aria-label={`First day of phase ${index + 1}`}
            min={beginsOn}
            max={endsOn}
            {...at(index, 'beginsOn')}
          />
          <TextInput
            type="date"
            aria-label={`Last day of phase ${index + 1}`}
            min={beginsOn}
            max={endsOn}
            {...at(index, 'endsOn')}
          />
          <Remove label={`Remove phase ${index + 1}`} run={() => form.values.removeListItem('phases', index)} />
        </div>
      ))}
      <Add
        label="Add a phase"
        run={() =>
          form.values.insertListItem('phases', { name: '', beginsOn: phases.at(-1)?.endsOn ?? beginsOn, endsOn })
        }
      />
    </fieldset>
  )
}

function Links({ form }: { form: Form }) {
  const at = (index: number, name: string) => form.values.getInputProps(`links.${index}.${name}`)
  return (
    <fieldset className="cm-rows">
      <legend>Links</legend>
      {form.values.values.links.map((_, index) => (
        <div className="cm-row" data-two key={index}>
          <TextInput
            aria-label={`Name of link ${index + 1}`}
            placeholder="Name"
            maxLength={200}
            {...at(index, 'label')}
          />
          <TextInput
            type="url"
            aria-label={`Address of link ${index + 1}`}
            placeholder="https://…"
            maxLength={2000}
            {...at(index, 'url')}
          />
          <Remove label={`Remove link ${index + 1}`} run={() => form.values.removeListItem('links', index)} />
        </div>
      ))}
      <Add label="Add a link" run={() => form.values.insertListItem('links', { label: '', url: '' })} />
    </fieldset>
  )
}

export function Remove({ label, run }: { label: string; run: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={run} size="input-sm">
      <IconX size={16} />
    </ActionIcon>
  )
}

function Add({ label, run }: { label: string; run: () => void }) {
  return (
    <Group>
      <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={16} />} onClick={run}>
        {label}
      </Button>
    </Group>
  )
}
