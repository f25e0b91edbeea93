// Keeps what the list shows as a view with a name; changes, shares and removes views that are kept.

import { Button, Menu, Modal, Switch, TextInput } from '@mantine/core'
import { IconBookmark, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { api, client, refusalOf } from '../../kit/api.ts'
import { DialogActions } from '../../kit/dialog-actions.tsx'
import { useAct } from '../../kit/use-act.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { refusalWords } from '../../kit/words.ts'
import type { SavedView } from './inbox-words.ts'
import type { Shown } from './use-listing.ts'

export function SaveView({ shown }: { shown: Shown }) {
  const [naming, setNaming] = useState<'new' | 'known' | null>(null)
  const { saved } = shown
  return (
    <>
      {saved?.mayChange ? (
        <ChangeMenu view={saved} shown={shown} rename={() => setNaming('known')} saveNew={() => setNaming('new')} />
      ) : (
        shown.isNarrowed && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconBookmark size={16} />}
            onClick={() => setNaming('new')}
          >
            Keep as a view
          </Button>
        )
      )}
      <Modal
        opened={naming !== null}
        onClose={() => setNaming(null)}
        title={naming === 'known' ? 'Name of the view' : 'Keep as a view'}
      >
        {naming && <NameForm view={naming === 'known' ? saved : null} shown={shown} close={() => setNaming(null)} />}
      </Modal>
    </>
  )
}

interface ChangeMenuProps {
  view: SavedView
  shown: Shown
  rename: () => void
  saveNew: () => void
}

function ChangeMenu({ view, shown, rename, saveNew }: ChangeMenuProps) {
  const org = useOrg()
  const may = useMay()
  const place = { org: org.id, id: view.id }
  const change = useAct(api.conversationViews, (list: SavedView['list']) =>
    client.conversationViews.change({ ...place, list }),
  )
  const share = useAct(api.conversationViews, (isShared: boolean) =>
    client.conversationViews.share({ ...place, isShared }),
  )
  const remove = useAct(api.conversationViews, () => client.conversationViews.remove(place), {
    done: `“${view.name}” removed`,
    back: async () => {
      const again = await client.conversationViews.add({ org: org.id, name: view.name, list: view.list })
      if (view.sharedAt) await client.conversationViews.share({ org: org.id, id: again.id, isShared: true })
    },
  })
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" rightSection={<IconChevronDown size={14} />}>
          This view
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown.isNarrowed && (
          <>
            <Menu.Item
              onClick={() => change.mutate(shown.list as SavedView['list'], { onSuccess: () => shown.open(view.id) })}
            >
              Keep it as it is narrowed now
            </Menu.Item>
            <Menu.Item onClick={saveNew}>Keep as another view</Menu.Item>
          </>
        )}
        <Menu.Item onClick={rename}>Rename it</Menu.Item>
        {may('inbox.handle') && (
          <Menu.Item onClick={() => share.mutate(view.sharedAt === null)}>
            {view.sharedAt === null ? 'Share it with everybody' : 'Stop sharing it'}
          </Menu.Item>
        )}
        <Menu.Item color="red" onClick={() => remove.mutate(undefined, { onSuccess: () => shown.open('open') })}>
          Remove it
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function NameForm({ view, shown, close }: { view: SavedView | null; shown: Shown; close: () => void }) {
  const org = useOrg()
  const may = useMay()
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setIsShared] = useState(false)
  const save = useAct(api.conversationViews, async () => {
    if (view) await client.conversationViews.change({ org: org.id, id: view.id, name })
    else {
      const made = await client.conversationViews.add({ org: org.id, name, list: shown.list })
      if (isShared) await client.conversationViews.share({ org: org.id, id: made.id, isShared })
      shown.open(made.id)
    }
  })
  return (
    <form
      className="ib-note"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) save.mutate(undefined, { onSuccess: close })
      }}
    >
      <TextInput
        label="Name"
        placeholder="Complaints of the shop"
        maxLength={60}
        data-autofocus
        value={name}
        error={save.error ? refusalWords(refusalOf(save.error)).what : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {!view && may('inbox.handle') && (
        <Switch
          label="For everybody of the organisation"
          checked={isShared}
          onChange={(event) => setIsShared(event.currentTarget.checked)}
        />
      )}
      <DialogActions action="Keep it" close={close} working={save.isPending} disabled={!name.trim()} />
    </form>
  )
}
