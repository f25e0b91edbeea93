// What of a picture goes out: a frame to drag and resize by pointer, finger and keyboard, and the usual shapes.

import { Button } from '@mantine/core'
import { useState } from 'react'
import ReactCrop from 'react-image-crop'
import type { Crop, DraftMedia } from '../../connectors/contract.ts'
import { DialogActions } from '../../kit/dialog-actions.tsx'
import { cropFault, croppedSize } from '../../media/rules.ts'
import { frameOf, keptCrop, type Shape, type Size, shapeOf, shapesOf, wholePicture } from './crop-shape.ts'
import { fileUrl } from './file-url.ts'
import 'react-image-crop/dist/ReactCrop.css'
import './crop-form.css'

interface CropFormProps {
  item: DraftMedia & Size
  orgId: string
  cancel: () => void
  /** Nothing: the whole picture. */
  apply: (crop: Crop | undefined) => void
}

export function CropForm({ item, orgId, cancel, apply }: CropFormProps) {
  const [crop, setCrop] = useState(item.crop ?? wholePicture)
  const shapes = shapesOf(item)
  const [shape, setShape] = useState(() => (item.crop && shapeOf(shapes, croppedSize(item) ?? item)?.name) ?? 'Free')
  const ratio = shapes.find(({ name }) => name === shape)?.ratio ?? null
  const choose = ({ name, ratio: next }: Shape) => {
    setShape(name)
    if (next !== null) setCrop(frameOf(next, item, crop))
  }
  const reset = () => {
    setShape('Free')
    setCrop(wholePicture)
  }
  const kept = keptCrop(crop)
  const tooSmall = cropFault({ ...item, crop: kept }) !== null
  return (
    <>
      <fieldset className="cr-shapes">
        <legend>Shape</legend>
        {shapes.map((each) => (
          <Button
            key={each.name}
            size="compact-sm"
            variant="default"
            aria-pressed={each.name === shape}
            onClick={() => choose(each)}
          >
            {each.name}
          </Button>
        ))}
      </fieldset>
      <div className="cr-picture">
        <ReactCrop
          crop={percentOf(crop)}
          onChange={(_, { x, y, width, height }) =>
            setCrop({ x: x / 100, y: y / 100, width: width / 100, height: height / 100 })
          }
          aspect={ratio ?? undefined}
          keepSelection
          ruleOfThirds
          className="cr-frame"
          ariaLabels={frameLabels}
        >
          <img src={fileUrl(orgId, item.id, 'original')} alt={item.alt} />
        </ReactCrop>
      </div>
      <p className="cr-note">
        <output className={tooSmall ? 'cr-wrong' : undefined}>{leftOver(item, kept, tooSmall)}</output> Drag the frame
        or its corners. Arrow keys move what has the focus, with Shift in larger steps.
      </p>
      <DialogActions close={cancel} action="Apply" run={() => apply(kept)} disabled={tooSmall}>
        <Button variant="subtle" color="gray" onClick={reset}>
          Reset
        </Button>
      </DialogActions>
    </>
  )
}

const percentOf = ({ x, y, width, height }: Crop) =>
  ({ unit: '%', x: x * 100, y: y * 100, width: width * 100, height: height * 100 }) as const

function leftOver(item: DraftMedia, crop: Crop | undefined, tooSmall: boolean): string {
  if (tooSmall) return 'At least 32 × 32 pixels are needed.'
  const size = croppedSize({ ...item, crop })
  return size ? `${size.width} × ${size.height} pixels.` : ''
}

const frameLabels = {
  cropArea: 'Frame',
  nwDragHandle: 'Upper left corner',
  nDragHandle: 'Upper edge',
  neDragHandle: 'Upper right corner',
  eDragHandle: 'Right edge',
  seDragHandle: 'Lower right corner',
  sDragHandle: 'Lower edge',
  swDragHandle: 'Lower left corner',
  wDragHandle: 'Left edge',
}
