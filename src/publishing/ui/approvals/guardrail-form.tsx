// Making or changing a guardrail: what it looks for, and the lane that follows.

import { Group, Modal, MultiSelect, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { client, type Output } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { guardrailWords, showLooking } from './approval-words.ts'
import { type Choice, withLost } from './lane-choices.ts'
import '@mantine/core/styles/NumberInput.css'

export type Guardrail = Output<typeof client.guardrails.list>[number]

interface GuardrailFormProps {
  guardrail: Guardrail | null
  lanes: Choice[]
  accounts: Choice[]
  close: () => void
  done: () => Promise<unknown>
}

const listed = new Set(['domain-not-listed', 'domain-listed', 'money', 'competitors', 'words'])

export function GuardrailForm({ guardrail, lanes, accounts, close, done }: GuardrailFormProps) {
  const org = useOrg()
  const [draft, setDraft] = useState<Omit<Guardrail, 'id'>>(
    guardrail ?? { name: '', kind: 'money', settings: { list: [] }, accountIds: [], laneId: lanes[0]?.value ?? '' },
  )
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState(false)
  const { kind, settings } = draft
  const setSettings = (change: Partial<Guardrail['settings']>) =>
    setDraft({ ...draft, settings: { ...settings, ...change } })
  const save = async () => {
    setWorking(true)
    setError(null)
    try {
      const input = { org: org.id, ...draft, settings: { zone: org.timeZone, ...settings } }
      const saved = await (guardrail
        ? client.guardrails.change({ ...input, id: guardrail.id })
        : client.guardrails.add(input))
      showLooking('Guardrail saved', saved)
      await done()
      close()
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  return (
    <Modal opened onClose={close} title={guardrail ? `Change ${guardrail.name}` : 'A new guardrail'}>
      <Stack gap="md">
        <TextInput
          label="Name"
          value={draft.name}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, name: value })}
          data-autofocus
        />
        <Select
          label="Looks for"
          allowDeselect={false}
          data={Object.entries(guardrailWords).map(([value, label]) => ({ value, label }))}
          value={kind}
          onChange={(next) => setDraft({ ...draft, kind: next as Guardrail['kind'] })}
        />
        {listed.has(kind) && (
          <TagsInput
            label={kind.startsWith('domain') ? 'Domains' : 'Words and names'}
            description={kind.startsWith('domain') ? undefined : 'A star stands for any letters: dividend*'}
            value={settings.list}
            onChange={(list) => setSettings({ list })}
          />
        )}
        {kind === 'quiet-period' && (
          <Group grow>
            <TextInput
              type="date"
              label="From"
              value={settings.from ?? ''}
              onChange={({ currentTarget: { value } }) => setSettings({ from: value })}
            />
            <TextInput
              type="date"
              label="To"
              value={settings.to ?? ''}
              onChange={({ currentTarget: { value } }) => setSettings({ to: value })}
            />
          </Group>
        )}
        {kind === 'many-accounts' && (
          <NumberInput
            label="More accounts than"
            min={1}
            value={settings.most ?? ''}
            onChange={(value) => setSettings({ most: Number(value) || undefined })}
          />
        )}
        <MultiSelect
          label="Accounts"
          description="Nothing chosen: all of them."
          searchable
          data={withLost(accounts, draft.accountIds, 'A removed account')}
          value={draft.accountIds}
          onChange={(accountIds) => setDraft({ ...draft, accountIds })}
        />
        <Select
          label="The lane that follows"
          allowDeselect={false}
          data={lanes}
          value={draft.laneId}
          onChange={(laneId) => setDraft({ ...draft, laneId: laneId ?? '' })}
        />
        <ErrorPanel error={error} kept="What you chose is still here." />
        <DialogActions
          close={close}
          action="Save the guardrail"
          run={save}
          working={working}
          disabled={!draft.name.trim() || !draft.laneId}
        />
      </Stack>
    </Modal>
  )
}
