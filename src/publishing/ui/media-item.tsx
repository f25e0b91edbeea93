// One picture or video of a part: how it looks, its description, what networks do to it, its place.

import { ActionIcon, Group, Textarea } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconTrash } from '@tabler/icons-react'
import { type Account, limitsOf } from '../../accounts/ui/use-accounts.ts'
import type { DraftMedia } from '../../connectors/contract.ts'
import { client } from '../../kit/api.ts'
import { showProblem, showUndo } from '../../kit/toast.tsx'
import { croppedSize, fitInside } from '../../media/rules.ts'
import { useComposer } from './composer-context.ts'
import { CropButton } from './crop-button.tsx'
import { FieldIssues } from './field-issues.tsx'
import { fileUrl } from './file-url.ts'
import { Picture } from './picture.tsx'
import { bytesText } from './words.ts'

interface MediaItemProps {
  field: string
  item: DraftMedia
  at: number
  count: number
  setMedia: (change: (media: DraftMedia[]) => DraftMedia[]) => void
}

export function MediaItem({ field, item, at, count, setMedia }: MediaItemProps) {
  const { orgId, concerned, accounts, closed } = useComposer()
  const what = item.kind === 'image' ? 'picture' : 'video'
  const longest = Math.max(
    0,
    ...concerned.map((account) => limitsOf(account)[item.kind === 'image' ? 'images' : 'videos']?.altMax ?? 0),
  )
  const move = (by: -1 | 1) => setMedia((media) => media.toSpliced(at, 1).toSpliced(at + by, 0, item))
  const remove = () => {
    setMedia((media) => media.filter(({ id }) => id !== item.id))
    showUndo(`The ${what} was taken out`, async () => setMedia((media) => media.toSpliced(at, 0, item)))
  }
  // The library keeps the description too, so that the next post has it already.
  const remember = () =>
    void client.media
      .describe({ org: orgId, id: item.id, alt: item.alt })
      .catch((error) => showProblem(error, 'The library did not take the description'))
  return (
    <li className="cp-media-item">
      <MediaThumb item={item} orgId={orgId} />
      <div className="cp-media-words">
        <Textarea
          label={`Describe the ${what}`}
          description={longest > 0 && item.alt.length > longest * 0.8 ? `${item.alt.length} / ${longest}` : undefined}
          placeholder="For people who cannot see it"
          size="xs"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={5000}
          disabled={closed !== null}
          value={item.alt}
          onChange={({ currentTarget: { value } }) =>
            setMedia((media) => media.map((each) => (each.id === item.id ? { ...each, alt: value } : each)))
          }
          onBlur={remember}
        />
        <FieldIssues field={field} inside />
        {changesOf(item, concerned, accounts.networkOf).map((note) => (
          <p key={note} className="cp-note">
            {note}
          </p>
        ))}
        <Group gap={4}>
          <CropButton
            item={item}
            label={`Crop picture ${at + 1}`}
            setCrop={(crop) =>
              setMedia((media) => media.map((each) => (each.id === item.id ? { ...each, crop } : each)))
            }
          />
          {count > 1 && (
            <>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={closed !== null || at === 0}
                onClick={() => move(-1)}
                aria-label={`Move ${what} ${at + 1} forward`}
              >
                <IconArrowLeft size={16} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={closed !== null || at === count - 1}
                onClick={() => move(1)}
                aria-label={`Move ${what} ${at + 1} back`}
              >
                <IconArrowRight size={16} />
              </ActionIcon>
            </>
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={closed !== null}
            onClick={remove}
            aria-label={`Remove ${what} ${at + 1}`}
          >
            <IconTrash size={16} />
          </ActionIcon>
          <span className="cp-media-facts">{factsOf(item)}</span>
        </Group>
      </div>
    </li>
  )
}

export function MediaThumb({ item, orgId }: { item: DraftMedia; orgId: string }) {
  if (item.kind === 'image') return <Picture className="cp-thumb" item={item} orgId={orgId} fit="contain" />
  return (
    <video
      className="cp-thumb"
      src={fileUrl(orgId, item.id, 'original')}
      muted
      playsInline
      preload="metadata"
      aria-label={item.alt || 'Video'}
    />
  )
}

function factsOf(item: DraftMedia): string {
  const size = croppedSize(item)
  if (!size) return bytesText(item.bytes)
  return item.crop
    ? `${size.width} × ${size.height} of ${item.width} × ${item.height}`
    : `${size.width} × ${size.height}, ${bytesText(item.bytes)}`
}

/** What a network's limits make of a picture: told before, so that nobody is surprised. */
function changesOf(item: DraftMedia, accounts: Account[], networkOf: (account: Account) => string): string[] {
  if (item.kind !== 'image') return []
  const notes = accounts.map((account) => {
    const { images } = limitsOf(account)
    const size = croppedSize(item)
    if (!images || !size) return null
    const fitted = fitInside(size, images)
    if (fitted.width < size.width) return `${networkOf(account)}: scaled to ${fitted.width} × ${fitted.height}.`
    return item.bytes > images.maxBytes
      ? `${networkOf(account)}: made smaller to fit ${bytesText(images.maxBytes)}.`
      : null
  })
  return [...new Set(notes.filter((note) => note !== null))]
}
