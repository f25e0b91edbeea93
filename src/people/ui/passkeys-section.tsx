// Passkeys: signing in with a fingerprint, a face or a security key instead of a password.

import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Section } from '../../kit/app-page.tsx'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { showDone } from '../../kit/toast.tsx'
import { addPasskey, listPasskeys, type Passkey, passkeysWork, removePasskey, renamePasskey } from './passkeys.ts'

const listKey = ['auth', 'passkeys']

export function PasskeysSection() {
  const [adding, setAdding] = useState(false)
  const [renaming, setRenaming] = useState<Passkey | null>(null)
  const passkeys = useQuery({ queryKey: listKey, queryFn: listPasskeys })
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const reload = () => queryClient.invalidateQueries({ queryKey: listKey })
  const remove = async ({ id, name }: Passkey) => {
    const question = {
      title: `Remove ${name ?? 'this passkey'}?`,
      body: 'It will not sign you in any more. Remove it on the device too.',
      action: 'Remove passkey',
      danger: true,
      run: () => removePasskey(id),
    }
    if (await confirm(question)) await reload()
  }
  const add = (
    <Button variant="default" onClick={() => setAdding(true)} disabled={!passkeysWork()}>
      Add a passkey
    </Button>
  )
  return (
    <Section
      title="Passkeys"
      description={passkeysWork() ? undefined : 'They need https (or localhost) and a current browser.'}
      actions={passkeys.data?.length ? add : null}
    >
      <DataTable
        label="Passkeys"
        query={passkeys}
        rows={passkeys.data}
        rowKey={(passkey) => passkey.id}
        empty={
          <EmptyState title="No passkeys yet" icon={<IconFingerprint size={28} stroke={1.5} />} order={3} action={add}>
            Sign in with your fingerprint, your face or a security key, without a password.
          </EmptyState>
        }
        columns={[
          { id: 'name', header: 'Name', primary: true, cell: (passkey) => passkey.name ?? 'Passkey' },
          {
            id: 'kind',
            header: 'Kept',
            cell: (passkey) => (passkey.backedUp ? 'With your account of the device' : 'On one device'),
          },
          { id: 'added', header: 'Added', cell: (passkey) => <TimeText at={passkey.createdAt} style="date" /> },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (passkey) => (
              <Group gap={4} wrap="nowrap" justify="flex-end">
                <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setRenaming(passkey)}>
                  Rename
                </Button>
                <Button size="compact-sm" variant="subtle" color="crimson" onClick={() => void remove(passkey)}>
                  Remove
                </Button>
              </Group>
            ),
          },
        ]}
      />
      <Modal opened={adding} onClose={() => setAdding(false)} title="Add a passkey">
        <NameForm
          initial={thisDevice()}
          submit="Add"
          send={addPasskey}
          close={() => setAdding(false)}
          done={async () => {
            setAdding(false)
            showDone('Passkey added')
            await reload()
          }}
        />
      </Modal>
      <Modal opened={renaming !== null} onClose={() => setRenaming(null)} title="Rename the passkey">
        {renaming && (
          <NameForm
            initial={renaming.name ?? ''}
            submit="Rename"
            send={(name) => renamePasskey(renaming.id, name)}
            close={() => setRenaming(null)}
            done={async () => {
              setRenaming(null)
              await reload()
            }}
          />
        )}
      </Modal>
    </Section>
  )
}

interface NameFormProps {
  initial: string
  submit: string
  send: (name: string) => Promise<unknown>
  done: () => Promise<void>
  close: () => void
}

function NameForm({ initial, submit, send, done, close }: NameFormProps) {
  const form = useServerForm({
    initialValues: { name: initial },
    validate: ({ name }) => ({ name: wants.text(name, 'A name') }),
    send: ({ name }) => send(name.trim()),
    done,
  })
  return (
    <ServerForm form={form} submit={submit} label="Passkey" close={close}>
      <TextInput label="Name" description="So that you know it later." data-autofocus {...form.field('name')} />
      <Text size="sm" c="dimmed">
        Your browser may ask for your fingerprint, face or key.
      </Text>
    </ServerForm>
  )
}

function thisDevice(): string {
  const agent = navigator.userAgent
  const known = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'Linux'].find((word) => agent.includes(word))
  return known === 'Macintosh' ? 'Mac' : (known ?? 'This device')
}
