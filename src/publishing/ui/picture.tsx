// A picture as it goes out: all of it, or the part that its crop leaves.

import type { CSSProperties } from 'react'
import type { Crop, DraftMedia } from '../../connectors/contract.ts'
import { croppedSize } from '../../media/rules.ts'
import { fileUrl } from './file-url.ts'
import './picture.css'

interface PictureProps {
  item: DraftMedia
  orgId: string
  className?: string
  /** Whether a crop fills its place, or is seen as a whole in it. */
  fit?: 'cover' | 'contain'
}

export function Picture({ item, orgId, className = '', fit = 'cover' }: PictureProps) {
  const { crop, alt } = item
  const src = pictureUrl(orgId, item)
  if (!crop) return <img className={className} src={src} alt={alt} loading="lazy" />
  return (
    <span className={`pc-frame ${className}`} data-fit={fit} style={{ '--pc-ratio': ratioOf(item) } as CSSProperties}>
      <span className="pc-part">
        <img src={src} alt={alt} loading="lazy" style={placeOf(crop)} />
      </span>
    </span>
  )
}

/** Part of a thumbnail would be blurred. */
export const pictureUrl = (orgId: string, { id, crop }: DraftMedia): string =>
  fileUrl(orgId, id, crop ? 'original' : 'thumbnail')

/** Shows crops in HTML that somebody else rendered; `cropped` has them by the address of their picture. */
export const withCrops = (html: string, cropped: ReadonlyMap<string, DraftMedia>): string =>
  html.replace(/<img\b[^>]*?\bsrc="([^"]*)"[^>]*>/g, (img, src: string) => {
    const item = cropped.get(src)
    if (!item?.crop) return img
    const frame = `--pc-ratio:${ratioOf(item)};--pc-width:${croppedSize(item)?.width ?? 0}px`
    const place = Object.entries(placeOf(item.crop)).map(([name, value]) => `${name}:${value}`)
    return `<span class="pc-frame pc-inline" style="${frame}"><span class="pc-part"><img style="${place.join(';')}" ${img.slice(5)}</span></span>`
  })

const percent = (share: number): string => `${share * 100}%`

const placeOf = ({ x, y, width, height }: Crop) => ({
  width: percent(1 / width),
  height: percent(1 / height),
  left: percent(-x / width),
  top: percent(-y / height),
})

function ratioOf(item: DraftMedia): number {
  const size = croppedSize(item)
  return size ? size.width / size.height : 1
}
