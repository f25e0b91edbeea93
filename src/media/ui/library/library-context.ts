// What the parts of the library page share: its files, its folders, what is chosen, and how changes are made and undone.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, client, type Output, Refused, refresh } from '../../../kit/api.ts'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { pathOf } from '../../library/rules.ts'
import { keptDays } from '../../rules.ts'
import '../refusal-words.ts'

export const libraryRoute = getRouteApi('/o/$slug/media')

export type LibraryLine = Output<typeof client.media.list>['items'][number]
export type Folder = Output<typeof client.mediaFolders.list>[number]

export function useFolders() {
  const org = useOrg()
  const folders = useQuery(api.mediaFolders.list.queryOptions({ input: { org: org.id } }))
  const all = folders.data ?? []
  return {
    all,
    /** “Press / 2026” */
    nameOf: (id: string | null) =>
      pathOf(all, id)
        .map(({ name }) => name)
        .join(' / '),
    options: all
      .map(({ id }) => ({
        value: id,
        label: pathOf(all, id)
          .map(({ name }) => name)
          .join(' / '),
      }))
      .toSorted((one, other) => one.label.localeCompare(other.label, 'en', { numeric: true })),
  }
}

interface Arranging {
  folderId?: string | null
  addTags?: string[]
  removeTags?: string[]
}

/** Changes of several files, each with one click to undo it. They answer whether it was done. */
export function useLibraryChanges() {
  const org = useOrg().id
  const queryClient = useQueryClient()
  const changed = () => refresh(queryClient, api.media, api.mediaFolders)

  const attempt = async (title: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      showProblem(error, title)
      return false
    } finally {
      await changed()
    }
  }

  const arrange = (ids: string[], change: Arranging, said: string) =>
    attempt('Nothing was changed', async () => {
      const before = await client.media.arrange({ org, ids, ...change })
      showUndo(said, async () => {
        await arrangeBack(org, before, change.folderId !== undefined)
        await changed()
      })
    })

  const remove = (ids: string[], name?: string) =>
    attempt('Nothing was removed', async () => {
      const { removed, inUse } = await client.media.removeMany({ org, ids })
      const stay =
        inUse.length > 0 ? ` ${count(inUse.length, 'file')} in use ${inUse.length === 1 ? 'stays' : 'stay'}.` : ''
      const what = removed.length === 1 && name ? `${name} is removed.` : `${count(removed.length, 'file')} removed.`
      if (removed.length === 0) throw new Refused({ code: inUse.length > 0 ? 'media-in-use' : 'not-found' })
      showUndo(`${what}${stay} Deleted for good in ${keptDays} days.`, async () => {
        await client.media.restoreMany({ org, ids: removed })
        await changed()
      })
    })

  const setRights = (ids: string[], rights: Parameters<typeof client.media.setRights>[0]['rights'], said: string) =>
    attempt('The rights were not changed', async () => {
      const before = await client.media.setRights({ org, ids, rights })
      showUndo(said, async () => {
        for (const some of Map.groupBy(before, (each) => JSON.stringify(each.before)).values())
          await client.media.setRights({ org, ids: some.map(({ id }) => id), rights: some[0]!.before })
        await changed()
      })
    })

  return { arrange, remove, setRights, changed, org }
}

type Arranged = Output<typeof client.media.arrange>

/** What was the same before goes back together. */
async function arrangeBack(org: string, before: Arranged, moved: boolean): Promise<void> {
  const alike = Map.groupBy(before, ({ id: _, ...rest }) => JSON.stringify(rest))
  for (const some of alike.values()) {
    const { folderId, addedTags, removedTags } = some[0]!
    const ids = some.map(({ id }) => id)
    await client.media.arrange({
      ...{ org, ids, addTags: removedTags, removeTags: addedTags },
      ...(moved ? { folderId } : {}),
    })
  }
}
