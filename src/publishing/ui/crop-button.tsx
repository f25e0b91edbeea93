// The button by which a picture is cropped; the frame itself is loaded when it is first asked for.

import { Button, Modal } from '@mantine/core'
import { IconCrop } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { DraftMedia } from '../../connectors/contract.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { canCrop } from '../../media/rules.ts'
import { useComposer } from './composer-context.ts'

const CropForm = lazy(async () => ({ default: (await import('./crop-form.tsx')).CropForm }))

interface CropButtonProps {
  item: DraftMedia
  /** What a screen reader hears. */
  label: string
  setCrop: (crop: DraftMedia['crop']) => void
}

/** Absent where there is nothing to crop: videos, moving pictures, pictures of unknown size. */
export function CropButton({ item, label, setCrop }: CropButtonProps) {
  const { closed, orgId, place, accounts } = useComposer()
  const [opened, setOpened] = useState(false)
  const { width, height } = item
  if (!canCrop(item) || width === null || height === null) return null
  const close = () => setOpened(false)
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconCrop size={16} />}
        disabled={closed !== null}
        aria-label={label}
        onClick={() => setOpened(true)}
      >
        Crop
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={place === 'all' ? 'Crop the picture' : `Crop the picture for ${accounts.nameOf(place)}`}
        size="lg"
      >
        <Suspense fallback={<LoadingRows rows={3} />}>
          <CropForm
            item={{ ...item, width, height }}
            orgId={orgId}
            cancel={close}
            apply={(crop) => {
              setCrop(crop)
              close()
            }}
          />
        </Suspense>
      </Modal>
    </>
  )
}
