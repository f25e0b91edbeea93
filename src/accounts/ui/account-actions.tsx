// What can be done with an account: ask the network now, connect it again, let it go.

import { Button, Menu } from '@mantine/core'
import { IconDots, IconPlugX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../kit/api.ts'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { showDone, showProblem } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { ReconnectLink } from './reconnect-link.tsx'
import { troubleOf } from './trouble.ts'
import type { Account } from './use-accounts.ts'

export function AccountActions({ account, network }: { account: Account; network: string }) {
  const { slug } = useOrg()
  const may = useMay()
  const connected = account.state === 'connected'
  return (
    <>
      {account.listens && (
        <ButtonLink to="/o/$slug/feeds" params={{ slug }} search={{ account: account.id }} variant="default">
          Open its items
        </ButtonLink>
      )}
      {account.toSubscribers && may('letters.read') && (
        <ButtonLink to="/o/$slug/newsletters/$accountId" params={{ slug, accountId: account.id }} variant="default">
          Subscribers
        </ButtonLink>
      )}
      {connected && may('accounts.change') && <CheckNow account={account} network={network} />}
      {connected && <ReconnectLink account={account} variant="default" />}
      {account.state !== 'disconnected' && may('accounts.connect') && <More account={account} />}
    </>
  )
}

function CheckNow({ account, network }: { account: Account; network: string }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const check = useMutation(
    api.accounts.check.mutationOptions({
      onSuccess: async (answered) => {
        await refresh(queryClient, api.accounts)
        const trouble = troubleOf(answered, network, new Date())
        if (!trouble) showDone(`${answered.name} works; limits and permissions are read anew`)
      },
      onError: (error) => showProblem(error, 'The network was not asked'),
    }),
  )
  return (
    <Button variant="default" loading={check.isPending} onClick={() => check.mutate({ org: org.id, id: account.id })}>
      Check now
    </Button>
  )
}

function More({ account }: { account: Account }) {
  const disconnect = useDisconnect(account)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" px="xs" aria-label="More actions">
          <IconDots size={18} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="crimson" leftSection={<IconPlugX size={16} />} onClick={() => void disconnect()}>
          Disconnect
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function useDisconnect(account: Account): () => Promise<void> {
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  return async () => {
    const done = await confirm({
      title: `Disconnect ${account.name}?`,
      body: (
        <>
          <p>{whatWaits(account)}</p>
          <p>
            Longrun forgets the credentials. History, slots and settings stay; connecting the same account again brings
            it all back.
          </p>
        </>
      ),
      action: 'Disconnect',
      danger: true,
      run: () => client.accounts.disconnect({ org: org.id, id: account.id }),
    })
    if (!done) return
    await refresh(queryClient, api.accounts, api.posts, api.events)
    showDone(`${account.name} is disconnected`)
  }
}

function whatWaits({ scheduledCount, listens, publishes }: Account): string {
  const reads = listens ? ' Nothing new is read from it.' : ''
  if (!publishes) return reads.trim()
  if (scheduledCount === 0) return `No posts wait for it.${reads}`
  const posts =
    scheduledCount === 1 ? '1 post waits for it and does' : `${count(scheduledCount, 'post')} wait for it and do`
  return `${posts} not go out until somebody connects it again.${reads}`
}
