// Settings of routing: rules in their order, tried on the last conversations before they are put in force.

import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { NamedRule, Rules } from './routing-words.ts'
import { RuleForm } from './rule-form.tsx'
import { RuleList } from './rule-list.tsx'
import { TriedPanel } from './tried-panel.tsx'
import { VersionsSection } from './versions-section.tsx'
import '@mantine/core/styles/NumberInput.css'
import '../refusal-words.ts'
import './routing.css'

export function RoutingPage() {
  const org = useOrg()
  const found = useQuery(api.routing.read.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Routing"
      description="By these rules what people say finds the department, and the person, who can answer. The first rule that says a thing decides it."
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {/* Somebody else may put rules in force meanwhile: what is being changed here stays, and saving says so. */}
      {found.data && <Desk key={org.id} inForce={found.data} />}
      {found.data && found.data.number > 0 && <VersionsSection current={found.data.number} />}
    </AppPage>
  )
}

type Tried = Awaited<ReturnType<typeof client.routing.try>>

function Desk({ inForce }: { inForce: Rules }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const [based, setBased] = useState(inForce)
  const [rules, setRules] = useState<NamedRule[]>(inForce.rules)
  const [settings, setSettings] = useState(inForce.settings)
  const [note, setNote] = useState('')
  const [editing, setEditing] = useState<NamedRule | 'new' | null>(null)
  const [tried, setTried] = useState<Tried | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState<'trying' | 'setting' | null>(null)
  const isChanged = JSON.stringify([rules, settings]) !== JSON.stringify([based.rules, based.settings])
  const change = (next: NamedRule[]) => {
    setRules(next)
    setTried(null)
  }
  const run = async (what: 'trying' | 'setting', work: () => Promise<void>) => {
    setWorking(what)
    setError(null)
    await work().catch(setError)
    setWorking(null)
  }
  const look = () => run('trying', async () => setTried(await client.routing.try({ org: org.id, rules })))
  const putInForce = () =>
    run('setting', async () => {
      const made = await client.routing.set({ org: org.id, basedOn: based.number, rules, settings, note })
      setBased(made)
      setRules(made.rules)
      setSettings(made.settings)
      setNote('')
      setTried(null)
      showDone(`In force: version ${made.number}`)
      await refresh(queryClient, api.routing)
    })
  const mayChange = may('routing.change')
  const put = (rule: NamedRule) =>
    change(
      rules.some(({ id }) => id === rule.id)
        ? rules.map((each) => (each.id === rule.id ? rule : each))
        : [...rules, rule],
    )
  return (
    <>
      <Section
        title="Rules"
        description={isChanged ? 'Changed here, and not in force yet.' : undefined}
        actions={mayChange && <Button onClick={() => setEditing('new')}>New rule</Button>}
      >
        {rules.length === 0 ? (
          <EmptyState title="No rules yet" order={3} icon={<IconRoute size={28} stroke={1.5} />}>
            Until there are some, everything waits in the inbox for whoever takes it.
          </EmptyState>
        ) : (
          <RuleList rules={rules} used={tried?.used ?? null} mayChange={mayChange} change={change} edit={setEditing} />
        )}
      </Section>
      {mayChange && <SettingsSection settings={settings} set={setSettings} />}
      {mayChange && (isChanged || tried) && (
        <Section
          title="Put in force"
          description="New rules decide of what comes from then on; what was decided stays."
        >
          <TextInput
            label="What was changed, and why"
            value={note}
            maxLength={500}
            onChange={({ currentTarget: { value } }) => setNote(value)}
          />
          <Group gap="xs">
            <Button variant="default" loading={working === 'trying'} onClick={() => void look()}>
              Try on the last 1,000 conversations
            </Button>
            <Button disabled={!isChanged} loading={working === 'setting'} onClick={() => void putInForce()}>
              Put in force
            </Button>
          </Group>
          <ErrorPanel error={error} kept="Your rules are still here." />
          {tried && <TriedPanel tried={tried} />}
        </Section>
      )}
      {editing && (
        <RuleForm
          rule={editing === 'new' ? null : editing}
          close={() => setEditing(null)}
          done={(rule) => {
            put(rule)
            setEditing(null)
          }}
        />
      )}
    </>
  )
}

interface SettingsSectionProps {
  settings: Rules['settings']
  set: (settings: Rules['settings']) => void
}

function SettingsSection({ settings, set }: SettingsSectionProps) {
  const minutes = (name: 'dropAfterMinutes' | 'stickyForMinutes', label: string, description: string, min: number) => (
    <NumberInput
      label={label}
      description={description}
      min={min}
      max={10_080}
      allowDecimal={false}
      value={settings[name]}
      onChange={(value) => set({ ...settings, [name]: Math.max(min, Number(value) || min) })}
    />
  )
  return (
    <Section title="Who gets it">
      <Stack gap="sm" maw={480}>
        <Checkbox
          label="Choose somebody of the department"
          description="By what they know, what they have in hand and when they work. Else it waits for whoever takes it."
          checked={settings.chooseOwners}
          onChange={({ currentTarget: { checked } }) => set({ ...settings, chooseOwners: checked })}
        />
        {settings.chooseOwners && (
          <>
            {minutes(
              'stickyForMinutes',
              'Minutes to wait for whoever had it before',
              'When they are away and soon back.',
              0,
            )}
            {minutes(
              'dropAfterMinutes',
              'Minutes until a skill that is not required is given up',
              'The one of lowest priority first, the next after as long again.',
              1,
            )}
          </>
        )}
      </Stack>
    </Section>
  )
}
