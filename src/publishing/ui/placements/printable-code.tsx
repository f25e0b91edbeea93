// The placement's code as a picture: sharp in every size, to print or to save.

import { Button, Group } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { renderSVG } from 'uqr'
import { saveAsFile } from '../../../kit/csv.ts'
import type { Placement } from './placement-form.tsx'

export function PrintableCode({ placement }: { placement: Placement }) {
  // Level Q still reads when a quarter of it is worn or covered; the border is what readers ask for.
  const svg = renderSVG(placement.url, { ecc: 'Q', border: 4 })
  return (
    <>
      <figure className="pl-code">
        <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={`Code that leads to ${placement.url}`} />
        <figcaption>
          <strong>{placement.name}</strong>
          <span>{placement.url.replace(/^https?:\/\//, '')}</span>
        </figcaption>
      </figure>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          Print
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => saveAsFile(`${placement.name}.svg`, 'image/svg+xml', svg)}
        >
          Save as SVG
        </Button>
      </Group>
    </>
  )
}
