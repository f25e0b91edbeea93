// Beside the title of the calendar: write, choose many, bring posts in, take them out as a file.

import { Button, Menu } from '@mantine/core'
import { IconChecks, IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../kit/api.ts'
import { saveAsFile } from '../../kit/csv.ts'
import { ButtonLink } from '../../kit/links.tsx'
import { showDone, showProblem } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import type { CalendarRange } from './calendar-days.ts'
import type { Whose } from './calendar-filters.tsx'

interface CalendarActionsProps {
  range: CalendarRange
  whose: Whose
  choosing: boolean
  setChoosing: (choosing: boolean) => void
}

export function CalendarActions({ range, whose, choosing, setChoosing }: CalendarActionsProps) {
  const org = useOrg()
  const may = useMay()
  const navigate = useNavigate()
  const { exporting, exportAll } = useExport(range, whose)
  return (
    <>
      {may('posts.write') && (
        <Button
          variant={choosing ? 'light' : 'default'}
          leftSection={<IconChecks size={16} />}
          aria-pressed={choosing}
          onClick={() => setChoosing(!choosing)}
        >
          Choose
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={10} aria-label="More" loading={exporting}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void exportAll()}>Export what is shown as CSV</Menu.Item>
          <Menu.Item onClick={() => void navigate({ to: '/o/$slug/imports', params: { slug: org.slug } })}>
            Imports
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {may('posts.write') && (
        <ButtonLink to="/o/$slug/compose" params={{ slug: org.slug }}>
          Write a post
        </ButtonLink>
      )}
    </>
  )
}

/** Every page of the range and filter, not only what fits on the screen. */
function useExport(range: CalendarRange, whose: Whose) {
  const org = useOrg()
  const [exporting, setExporting] = useState(false)
  const exportAll = async () => {
    setExporting(true)
    try {
      const pieces: string[] = []
      let posts = 0
      let cursor: string | undefined
      do {
        const page = await client.imports.exportPage({
          org: org.id,
          from: range.from,
          to: range.to,
          ...whose,
          limit: 200,
          cursor,
        })
        pieces.push(page.csv)
        posts += page.posts
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      // The first piece brings the mark that `saveAsFile` would write too.
      saveAsFile(`calendar-${range.days[0]}.csv`, 'text/csv', pieces.join('').replace(/^\ufeff/, ''))
      showDone(`${count(posts, 'post')} exported`)
    } catch (error) {
      showProblem(error, 'The export stopped')
    }
    setExporting(false)
  }
  return { exporting, exportAll }
}
