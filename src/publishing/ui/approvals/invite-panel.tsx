// Asking somebody outside: choose or add them, hand on the link that is shown once, end it again.

import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { CopyField } from '../../../kit/copy-field.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Request } from './approval-words.ts'

export function InvitePanel({ request, again }: { request: Request; again: () => Promise<unknown> }) {
  const org = useOrg()
  const confirm = useConfirm()
  const live = request.links.filter(({ revokedAt }) => !revokedAt)
  const revoke = (link: string) =>
    client.approvals
      .revokeLink({ org: org.id, id: request.id, link })
      .then(again)
      .catch((error) => showProblem(error))
  const invited = request.steps.filter(({ kind, state }) => kind === 'invited' && state === 'open')
  const uninvite = async (outsiderId: string, name: string) => {
    const done = await confirm({
      title: `Not wait for ${name}?`,
      body: 'Their consent is not needed any more, and their link ends. You can ask them again with a new link.',
      action: 'Do not wait',
      run: () => client.approvals.uninvite({ org: org.id, id: request.id, outsiderId }),
    })
    if (done) await again()
  }
  return (
    <details>
      <summary>Ask somebody outside{live.length > 0 && ` (${live.length})`}</summary>
      <Stack gap="xs" mt="xs">
        {live.map((link) => (
          <Group key={link.id} gap="xs">
            <span className="ap-note">
              {link.outsider.name}: until <TimeText at={link.expiresAt} />
              {link.lastUsedAt ? (
                <>
                  , last used <TimeText at={link.lastUsedAt} relative />
                </>
              ) : (
                ', not opened yet'
              )}
            </span>
            <Button size="compact-xs" variant="subtle" color="crimson" onClick={() => void revoke(link.id)}>
              End the link
            </Button>
          </Group>
        ))}
        {invited.map(({ id, lane, outsiderIds: [outsiderId] }) => (
          <Group key={id} gap="xs">
            <span className="ap-note">The post waits for {lane}.</span>
            <Button size="compact-xs" variant="subtle" onClick={() => void uninvite(outsiderId!, lane)}>
              Do not wait for {lane}
            </Button>
          </Group>
        ))}
        <InviteForm request={request} again={again} />
      </Stack>
    </details>
  )
}

function InviteForm({ request, again }: { request: Request; again: () => Promise<unknown> }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const outsiders = useQuery(api.outsiders.list.queryOptions({ input: { org: org.id } }))
  const [chosen, setChosen] = useState<string | null>(null)
  const [person, setPerson] = useState({ name: '', email: '' })
  const [made, setMade] = useState<{ url: string; mailed: boolean } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState(false)
  /** Known from here on, whatever becomes of the link: the next try must not add them again. */
  const add = async (): Promise<string> => {
    const { id } = await client.outsiders.add({ org: org.id, ...person })
    await refresh(queryClient, api.outsiders)
    setChosen(id)
    return id
  }
  const invite = async () => {
    setWorking(true)
    setError(null)
    try {
      const outsiderId = chosen ?? (await add())
      setMade(await client.approvals.invite({ org: org.id, id: request.id, outsiderId }))
      setPerson({ name: '', email: '' })
      setChosen(null)
      await again()
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  return (
    <>
      {(outsiders.data?.length ?? 0) > 0 && (
        <Select
          label="Somebody you asked before"
          clearable
          data={(outsiders.data ?? []).map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      {!chosen && (
        <>
          <TextInput
            label="Name"
            value={person.name}
            onChange={({ currentTarget: { value } }) => setPerson({ ...person, name: value })}
          />
          <TextInput
            label="E-mail address"
            type="email"
            value={person.email}
            onChange={({ currentTarget: { value } }) => setPerson({ ...person, email: value })}
          />
        </>
      )}
      <ErrorPanel error={error} kept="What you typed is still here." />
      <Group>
        <Button
          size="xs"
          loading={working}
          disabled={!chosen && !(person.name.trim() && person.email.trim())}
          onClick={() => void invite()}
        >
          Make a link
        </Button>
      </Group>
      {made && (
        <CopyField
          label={made.mailed ? 'The link, which was also mailed; shown once' : 'The link; shown once, hand it on'}
          value={made.url}
        />
      )}
    </>
  )
}
