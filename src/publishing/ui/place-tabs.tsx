// Whose words are edited: those of all, or of one account; says which accounts follow and which have words of their own.

import { Button, Tabs } from '@mantine/core'
import { IconCircleX, IconPencil } from '@tabler/icons-react'
import { AccountAvatar } from '../../accounts/ui/account-avatar.tsx'
import { showUndo } from '../../kit/toast.tsx'
import { useComposer } from './composer-context.ts'
import { followPost, hasOwnWords } from './composition.ts'

export function PlaceTabs() {
  const { place, setPlace, chosen, composition, issues } = useComposer()
  if (chosen.length === 0) return null
  return (
    <Tabs value={place} onChange={(value) => value && setPlace(value)} className="cp-tabs">
      <Tabs.List aria-label="Whose words">
        <Tabs.Tab value="all">All accounts</Tabs.Tab>
        {chosen.map((account) => {
          const own = hasOwnWords(composition, account.id)
          const wrong = issues.some((issue) => issue.accountId === account.id && issue.level === 'error')
          return (
            <Tabs.Tab
              key={account.id}
              value={account.id}
              leftSection={<AccountAvatar account={account} size={20} />}
              rightSection={
                wrong ? (
                  <IconCircleX size={14} className="cp-wrong" aria-label="has errors" />
                ) : own ? (
                  <IconPencil size={14} aria-label="own words" />
                ) : undefined
              }
            >
              {account.name}
            </Tabs.Tab>
          )
        })}
      </Tabs.List>
    </Tabs>
  )
}

/** What the chosen tab means, in one line. */
export function PlaceNote() {
  const { place, chosen, composition, update, closed } = useComposer()
  if (closed) return <p className="cp-note">{closed}</p>
  const own = chosen.filter((account) => hasOwnWords(composition, account.id))
  if (place === 'all') {
    if (own.length === 0) return null
    const names = own.map((account) => account.name).join(', ')
    return (
      <p className="cp-note">
        {own.length === chosen.length
          ? 'Every account has own words; nobody follows these.'
          : `${names} ${own.length === 1 ? 'has' : 'have'} own words and ${own.length === 1 ? 'does' : 'do'} not follow these.`}
      </p>
    )
  }
  if (!hasOwnWords(composition, place))
    return (
      <p className="cp-note">
        Follows the words of all accounts. As soon as you change something here, this account has own words.
      </p>
    )
  const back = () => {
    const before = composition.own[place]!
    update((now) => followPost(now, place))
    showUndo('Follows the words of all accounts again', async () =>
      update((now) => ({ ...now, own: { ...now.own, [place]: before } })),
    )
  }
  return (
    <p className="cp-note">
      Has own words.{' '}
      <Button variant="light" color="gray" size="compact-xs" onClick={back}>
        Follow all accounts again
      </Button>
    </p>
  )
}
