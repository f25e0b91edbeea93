// A post on one account: its state in a sentence, where it lives, and what can be done about it there.

import { Button, Group } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { AccountAvatar } from '../../accounts/ui/account-avatar.tsx'
import type { Accounts } from '../../accounts/ui/use-accounts.ts'
import { useMemberNames } from '../../accounts/ui/use-member-names.ts'
import { client } from '../../kit/api.ts'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useNow } from '../../kit/time-text.tsx'
import { useMay, useOrg, useZone } from '../../kit/viewer.tsx'
import { allows } from '../rules.ts'
import { fieldPlace } from './field-place.ts'
import { ResolvePanel } from './resolve-panel.tsx'
import { stateSentence, type Variant } from './state-words.ts'
import { usePostAction } from './use-post-action.ts'
import type { Post } from './use-saver.ts'

interface VariantCardProps {
  post: Post
  variant: Variant
  accounts: Accounts
}

export function VariantCard({ post, variant, accounts }: VariantCardProps) {
  const zone = useZone()
  const now = useNow(5000)
  const person = useMemberNames()
  const may = useMay()
  const account = accounts.byId.get(variant.accountId)
  const network = account ? accounts.networkOf(account) : 'the network'
  const fieldOf = variant.reason?.field
  return (
    <article className="lr-panel po-variant" aria-label={`${account?.name ?? 'A removed account'}, ${network}`}>
      <header>
        <AccountAvatar account={account} size={32} />
        <div className="po-variant-name">
          <b>{account?.name ?? 'A removed account'}</b>
          <span>
            {network}
            {variant.content && ', own words'}
          </span>
        </div>
        <StateBadge state={variant.state} />
      </header>
      <p>{stateSentence(variant, { zone, now, person })}</p>
      {fieldOf && variant.state === 'rejected' && <p className="po-note">It concerns {fieldPlace(fieldOf)}.</p>}
      {allows(variant, 'resolve') && may('posts.resolve') && (
        <ResolvePanel postId={post.id} variantId={variant.id} accountUrl={account?.url ?? null} />
      )}
      {allows(variant, 'resolve') && !may('posts.resolve') && (
        <p className="po-note">An owner, admin or manager decides.</p>
      )}
      <VariantActions post={post} variant={variant} network={network} />
    </article>
  )
}

function VariantActions({ post, variant, network }: { post: Post; variant: Variant; network: string }) {
  const { slug } = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const { org, change } = usePostAction()
  const withdraw = () =>
    confirm({
      title: `Delete it at ${network}?`,
      body: 'It disappears there with its replies and numbers. Here it stays on record. This cannot be undone.',
      action: 'Delete it there',
      danger: true,
      run: () =>
        change(() => client.posts.withdraw({ org, id: post.id, variant: variant.id }), `Deleted at ${network}`),
    })
  const canWithdraw = may('posts.remove') && allows(variant, 'withdraw')
  const reconnect = variant.state === 'parked' && may('accounts.connect')
  if (!variant.remoteUrl && !canWithdraw && !reconnect) return null
  return (
    <Group gap="xs">
      {variant.remoteUrl && (
        <Button
          component="a"
          href={variant.remoteUrl}
          target="_blank"
          rel="noopener noreferrer"
          variant="default"
          size="xs"
          leftSection={<IconExternalLink size={14} />}
        >
          Open it
        </Button>
      )}
      {reconnect && (
        <ButtonLink to="/o/$slug/accounts/$accountId" params={{ slug, accountId: variant.accountId }} size="xs">
          Look at the account
        </ButtonLink>
      )}
      {canWithdraw && (
        <Button variant="subtle" color="crimson" size="xs" onClick={() => void withdraw()}>
          Delete at the network…
        </Button>
      )}
    </Group>
  )
}
