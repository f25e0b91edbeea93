// The words and pictures of a post as they are now; each account's own words where it has some.

import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Accounts } from '../../accounts/ui/use-accounts.ts'
import { Preview, SegmentPreview } from './preview.tsx'
import type { Post } from './use-saver.ts'

export function PostWords({ post, accounts, orgId }: { post: Post; accounts: Accounts; orgId: string }) {
  const [picked, setPicked] = useState<string | null>(null)
  const offered = post.variants.filter(({ accountId }) => accounts.byId.has(accountId))
  const variant = offered.find(({ accountId }) => accountId === picked) ?? offered[0]
  const account = variant && accounts.byId.get(variant.accountId)
  if (!variant || !account) {
    return (
      <div className="pv-card">
        {post.content.segments.map((segment, index) => (
          <div key={index} className="pv-segment">
            <SegmentPreview segment={segment} orgId={orgId} card />
          </div>
        ))}
      </div>
    )
  }
  return (
    <>
      {offered.length > 1 && (
        <Select
          size="xs"
          label="Words on"
          allowDeselect={false}
          data={offered.map(({ accountId, content }) => ({
            value: accountId,
            label: `${accounts.nameOf(accountId)}${content ? ' (own words)' : ''}`,
          }))}
          value={account.id}
          onChange={setPicked}
        />
      )}
      <Preview
        draft={variant.frozen ?? variant.content ?? post.content}
        account={account}
        network={accounts.networkOf(account)}
        orgId={orgId}
      />
    </>
  )
}
