// Begins a hold: what, why, until when; before the word is said it shows what would be stopped and what no hold can stop.

import { Checkbox, Modal, Select, Stack, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { namesOne, type Scope, scopes } from '../../holds/types.ts'
import { meaningOf, nextHour } from '../planned-time.ts'
import { WallTimeFields } from '../wall-time-fields.tsx'
import { HoldPreview } from './hold-preview.tsx'
import { scopeLabels } from './hold-words.ts'

interface BeginHoldDialogProps {
  opened: boolean
  close: () => void
}

export function BeginHoldDialog({ opened, close }: BeginHoldDialogProps) {
  return (
    <Modal opened={opened} onClose={close} title="Hold posts" size="lg">
      <BeginHoldForm close={close} />
    </Modal>
  )
}

function BeginHoldForm({ close }: { close: () => void }) {
  const org = useOrg()
  const [scope, setScope] = useState<Scope>('everything')
  const [scopeId, setScopeId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [ending, setEnding] = useState(false)
  const [zone, setZone] = useState(org.timeZone)
  const [wall, setWall] = useState(() => nextHour(new Date(), org.timeZone))
  const { begin, working, error } = useBegin(close)
  const chosen = !namesOne(scope) || scopeId !== null
  const timeWrong = ending && (wall === '' || meaningOf(wall, zone).kind === 'never')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void begin({ scope, scopeId, reason: reason.trim(), ends: ending ? { wall, zone } : null })
      }}
    >
      <Stack gap="md">
        <Select
          label="What to hold"
          allowDeselect={false}
          data={scopes.map((value) => ({ value, label: scopeLabels[value].label }))}
          description={scopeLabels[scope].means}
          value={scope}
          onChange={(value) => {
            setScope(value as Scope)
            setScopeId(null)
          }}
        />
        {namesOne(scope) && <TargetSelect scope={scope} value={scopeId} onChange={setScopeId} />}
        {chosen && <HoldPreview scope={scope} scopeId={scopeId} />}
        <Textarea
          label="Why"
          required
          description="Shown to everybody whose posts it stops."
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Checkbox
          label="Ends by itself at a time"
          checked={ending}
          onChange={(event) => setEnding(event.currentTarget.checked)}
        />
        {ending && <WallTimeFields wall={wall} zone={zone} setWall={setWall} setZone={setZone} error={error} />}
        <ErrorPanel error={error} kept="Nothing was stopped." />
        <DialogActions
          close={close}
          action="Hold now"
          danger
          working={working}
          disabled={!chosen || !reason.trim() || timeWrong}
        />
      </Stack>
    </form>
  )
}

function TargetSelect({
  scope,
  value,
  onChange,
}: {
  scope: Scope
  value: string | null
  onChange: (id: string | null) => void
}) {
  const org = useOrg()
  const targets = useQuery(api.holds.targets.queryOptions({ input: { org: org.id } }))
  const lists = {
    campaign: targets.data?.campaigns,
    account: targets.data?.accounts,
    department: targets.data?.departments,
  }
  const list = scope === 'everything' || scope === 'campaigns' ? [] : (lists[scope] ?? [])
  return (
    <Select
      label={`Which ${scope}`}
      searchable
      required
      placeholder="Choose"
      nothingFoundMessage="Nothing of that name"
      disabled={targets.isPending}
      error={targets.isError ? 'The list could not be loaded.' : undefined}
      data={list.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
    />
  )
}

function useBegin(close: () => void) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const begin = async (given: Omit<Parameters<typeof client.holds.begin>[0], 'org'>) => {
    setWorking(true)
    setError(null)
    try {
      const { hold, underWay } = await client.holds.begin({ org: org.id, ...given })
      void refresh(queryClient, api.holds, api.posts)
      showDone(
        `On hold: ${count(hold.stopped, 'post')} stopped${underWay.length > 0 ? `, ${underWay.length} already under way` : ''}`,
      )
      close()
      await navigate({ to: '/o/$slug/holds/$holdId', params: { slug: org.slug, holdId: hold.id } })
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  return { begin, working, error }
}
