// One thing a source brought: its title, its first lines, where it is from; to share or to put aside.

import { Button } from '@mantine/core'
import { IconArchive, IconArrowBackUp, IconFlag, IconShare } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { ButtonLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { showDone, showProblem, showUndo } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { excerptOf, titleOf } from './excerpt.ts'
import { webAddress } from './web-address.ts'

export type SourceItem = Output<typeof client.sources.items>['items'][number]

export function FeedItem({ item }: { item: SourceItem }) {
  const address = webAddress(item.url)
  const picture = item.imageUrl?.startsWith('https://') ? item.imageUrl : null
  const text = item.title?.trim() ? excerptOf(item.text, 300) : ''
  const title = titleOf(item)
  return (
    <li className="lr-panel ac-item">
      <div className="ac-item-words">
        <p className="ac-item-from">
          {[item.accountName, item.author].filter(Boolean).join(' · ')} ·{' '}
          <TimeText at={item.publishedAt ?? item.fetchedAt} relative />
        </p>
        <h2>
          {address ? (
            <a href={address} target="_blank" rel="noopener noreferrer">
              {title}
            </a>
          ) : (
            title
          )}
        </h2>
        {text && <p>{text}</p>}
        <Actions item={item} title={title} />
      </div>
      {picture && <Picture src={picture} />}
    </li>
  )
}

/** Many sites do not let others show their pictures: better none than a broken one. */
function Picture({ src }: { src: string }) {
  const [broken, setBroken] = useState(false)
  if (broken) return null
  return (
    <img
      className="ac-item-picture"
      src={src}
      alt=""
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setBroken(true)}
    />
  )
}

function Actions({ item, title }: { item: SourceItem; title: string }) {
  const { slug } = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  return (
    <div className="ac-item-actions">
      {may('posts.write') && (
        // The composer finds the item by its id in `source`: here in memory, else it asks the server for it.
        <ButtonLink
          to="/o/$slug/compose"
          params={{ slug }}
          search={{ source: item.id, initiator: 'industry' }}
          onClick={() => void queryClient.setQueryData(['shared-item', item.id], item)}
          size="compact-sm"
          variant="light"
          leftSection={<IconShare size={16} />}
          aria-label={`Share: ${title}`}
        >
          Share
        </ButtonLink>
      )}
      {may('campaigns.write') && (
        <ButtonLink
          to="/o/$slug/campaigns/new"
          params={{ slug }}
          search={{ source: item.id }}
          onClick={() => void queryClient.setQueryData(['shared-item', item.id], item)}
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconFlag size={16} />}
          aria-label={`Quick campaign: ${title}`}
        >
          Quick campaign
        </ButtonLink>
      )}
      {may('sources.change') && <PutAside item={item} title={title} />}
    </div>
  )
}

function PutAside({ item, title }: { item: SourceItem; title: string }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const button = useRef<HTMLButtonElement>(null)
  const [working, setWorking] = useState(false)
  const set = async (dismissed: boolean) => {
    await client.sources.dismiss({ org: org.id, id: item.id, dismissed })
    await refresh(queryClient, api.sources)
  }
  const aside = item.dismissedAt !== null
  const run = async () => {
    setWorking(true)
    // This item leaves the list, and its button with it: the keyboard goes on at the one below.
    const next = neighbourOf(button.current)
    try {
      await set(!aside)
      if (aside) showDone('Taken back')
      else showUndo('Put aside', () => set(false))
      next?.focus()
    } catch (error) {
      showProblem(error, aside ? 'It was not taken back' : 'It was not put aside')
    } finally {
      setWorking(false)
    }
  }
  return (
    <Button
      ref={button}
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={aside ? <IconArrowBackUp size={16} /> : <IconArchive size={16} />}
      loading={working}
      onClick={() => void run()}
      data-put-aside
      aria-label={`${aside ? 'Take back' : 'Put aside'}: ${title}`}
    >
      {aside ? 'Take back' : 'Put aside'}
    </Button>
  )
}

function neighbourOf(button: HTMLElement | null): HTMLElement | null {
  const row = button?.closest('li')
  const other = row?.nextElementSibling ?? row?.previousElementSibling
  return other?.querySelector<HTMLElement>('[data-put-aside]') ?? document.getElementById('main')
}
