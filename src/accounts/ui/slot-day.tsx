// One day of the week with its times: each can be taken away, another added, all copied to other days.

import { Button, CloseButton, Menu, TextInput } from '@mantine/core'
import { IconCopy, IconPlus } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import { SlotKind } from './slot-kind.tsx'
import { addSlot, copyDay, dayName, days, keepFor, removeSlot, type Slot, slotsOf } from './slots.ts'

interface SlotDayProps {
  day: number
  slots: Slot[]
  /** null: this person only reads. */
  change: ((slots: Slot[]) => void) | null
  full: boolean
}

export function SlotDay({ day, slots, change, full }: SlotDayProps) {
  const own = slotsOf(slots, day)
  const row = useRef<HTMLLIElement>(null)
  const remove = (time: string) => {
    change?.(removeSlot(slots, { day, time }))
    // The button that was pressed goes away; the keyboard stays in this day.
    row.current?.querySelector<HTMLElement>('input')?.focus()
  }
  return (
    <li className="ac-day" ref={row}>
      <h3>{dayName(day)}</h3>
      <div className="ac-times">
        {own.map(({ time, ...slot }) => (
          <span key={time} className="ac-time" data-fixed={change ? undefined : true}>
            {time}
            <SlotKind
              name={`${dayName(day)} ${time}`}
              kind={slot.for}
              change={change && ((kind) => change(keepFor(slots, { day, time }, kind)))}
            />
            {change && (
              <CloseButton
                size="sm"
                variant="transparent"
                c="inherit"
                aria-label={`Remove ${dayName(day)} ${time}`}
                onClick={() => remove(time)}
              />
            )}
          </span>
        ))}
        {!change && own.length === 0 && <span className="lr-dimmed">–</span>}
        {change && !full && <AddTime day={day} add={(time) => change(addSlot(slots, { day, time }))} />}
      </div>
      {change && own.length > 0 && <CopyDay day={day} copy={(to) => change(copyDay(slots, day, to))} />}
    </li>
  )
}

function AddTime({ day, add }: { day: number; add: (time: string) => void }) {
  const [time, setTime] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const whole = /^\d{2}:\d{2}/.exec(time)?.[0]
    if (!whole) return
    add(whole)
    setTime('')
  }
  return (
    <form onSubmit={submit} className="ac-add-time">
      <TextInput
        type="time"
        size="xs"
        aria-label={`Another time on ${dayName(day)}`}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
      />
      <Button
        type="submit"
        size="xs"
        variant="default"
        px={8}
        disabled={!time}
        aria-label={`Add the time to ${dayName(day)}`}
      >
        <IconPlus size={16} />
      </Button>
    </form>
  )
}

const weekdays = days.filter((day) => day <= 5)

function CopyDay({ day, copy }: { day: number; copy: (to: readonly number[]) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconCopy size={14} />}
          aria-label={`Copy ${dayName(day)} to other days`}
        >
          Copy
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copy(weekdays)}>To Monday to Friday</Menu.Item>
        <Menu.Item onClick={() => copy(days)}>To every day</Menu.Item>
        <Menu.Divider />
        {days
          .filter((other) => other !== day)
          .map((other) => (
            <Menu.Item key={other} onClick={() => copy([other])}>
              To {dayName(other)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}
