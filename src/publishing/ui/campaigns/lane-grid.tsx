// The two lanes as a grid: a row for each account, a column for each day or hour. Arrow keys go from what is planned to what is planned.

import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent, ReactNode } from 'react'
import type { Accounts } from '../../../accounts/ui/use-accounts.ts'
import { stateLook } from '../../../kit/state-badge.tsx'
import { dayText, wallText } from '../../../kit/time.ts'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Lanes } from './both-page.tsx'
import { daysText, shortDay, spanOf } from './campaign-days.ts'
import { campaignStateLook } from './campaign-words.ts'
import type { LaneView } from './lane-range.ts'

interface LaneGridProps {
  lanes: Lanes
  view: LaneView
  today: string
  accounts: Accounts
}

type Lane = Lanes['alwaysOn'][number]
type Cell = Lane['cells'][number]

export function LaneGrid({ lanes, view, today, accounts }: LaneGridProps) {
  const { cells } = lanes
  const body = { cells, accounts, today }
  const [first, last] = [cells[0]?.cell.slice(0, 10) ?? view.day, cells.at(-1)?.cell.slice(0, 10) ?? view.day]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by the keyboard
    <section className="la-frame" tabIndex={0} aria-label="Always-on and campaigns by account">
      <table className="la-grid" onKeyDown={moveByArrows} data-unit={view.unit}>
        <thead>
          <tr>
            <th scope="col">Account</th>
            {cells.map(({ cell }) => (
              <th key={cell} scope="col" data-today={cell.startsWith(today) || undefined}>
                {cell.length > 10 ? <HourHead hour={cell.slice(11)} /> : <DayHead day={cell} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <LaneHead cells={cells.length}>Always-on</LaneHead>
          {lanes.alwaysOn.map((lane) => (
            <Row key={lane.accountId} lane={lane} {...body} />
          ))}
          {lanes.alwaysOn.length === 0 && <Quiet cells={cells.length}>Nothing of always-on is planned here.</Quiet>}
        </tbody>
        <tbody>
          <LaneHead cells={cells.length}>Campaigns</LaneHead>
          {lanes.campaigns.length === 0 && <Quiet cells={cells.length}>No campaign touches these days.</Quiet>}
        </tbody>
        {lanes.campaigns.map((campaign) => (
          <tbody key={campaign.id}>
            <CampaignRow campaign={campaign} cells={cells.length} first={first} last={last} />
            {campaign.lanes.map((lane) => (
              <Row key={lane.accountId} lane={lane} {...body} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  )
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' })

const DayHead = ({ day }: { day: string }) => (
  <>
    <span>{weekday.format(Date.parse(`${day}T00:00:00Z`))}</span> <span>{shortDay(day)}</span>
  </>
)

const HourHead = ({ hour }: { hour: string }) => (
  <>
    {hour}
    <VisuallyHidden>:00</VisuallyHidden>
  </>
)

const LaneHead = ({ cells, children }: { cells: number; children: string }) => (
  <tr className="la-head">
    <th colSpan={cells + 1} scope="rowgroup">
      {children}
    </th>
  </tr>
)

const Quiet = ({ cells, children }: { cells: number; children: string }) => (
  <tr>
    <td colSpan={cells + 1} className="la-quiet">
      {children}
    </td>
  </tr>
)

function CampaignRow({
  campaign,
  cells,
  first,
  last,
}: {
  campaign: Lanes['campaigns'][number]
  cells: number
  first: string
  last: string
}) {
  const { slug } = useOrg()
  const { id, name, state, beginsOn, endsOn, phases } = campaign
  const whole = spanOf(first, last, beginsOn, endsOn)
  const place = (span: { left: number; width: number }) => ({
    left: `${span.left * 100}%`,
    width: `${span.width * 100}%`,
  })
  return (
    <tr className="la-campaign">
      <th scope="row">
        <Link to="/o/$slug/campaigns/$campaignId" params={{ slug, campaignId: id }} title={name}>
          {name}
        </Link>
      </th>
      <td colSpan={cells}>
        <div
          className="la-span"
          title={`${name}: ${daysText(beginsOn, endsOn)}, ${campaignStateLook[state].label.toLowerCase()}`}
        >
          {whole && <span className="la-whole" style={place(whole)} />}
          {phases.map((phase, index) => {
            const span = spanOf(first, last, phase.beginsOn, phase.endsOn)
            return (
              span && (
                <span key={index} className="la-phase" style={place(span)}>
                  {phase.name}
                </span>
              )
            )
          })}
        </div>
      </td>
    </tr>
  )
}

function Row({
  lane,
  cells,
  accounts,
  today,
}: {
  lane: Lane
  cells: Lanes['cells']
  accounts: Accounts
  today: string
}) {
  const of = new Map(lane.cells.map((each) => [each.cell, each]))
  const name = lane.accountId ? accounts.nameOf(lane.accountId) : 'No account yet'
  return (
    <tr>
      <th scope="row" title={name}>
        {name}
      </th>
      {cells.map(({ cell }) => {
        const found = of.get(cell)
        return (
          <td key={cell} data-today={cell.startsWith(today) || undefined}>
            {found && <Planned cell={found} account={name} />}
          </td>
        )
      })}
    </tr>
  )
}

/** One post leads to its page, several to their day. */
function Planned({ cell, account }: { cell: Cell; account: string }) {
  const { slug } = useOrg()
  const set = useSetSearch()
  const look = stateLook[cell.state]
  const words = `${count(cell.count, 'post')} on ${account}, ${cell.cell.length > 10 ? wallText(`${cell.cell}:00`) : dayText(cell.cell)}: ${look.label.toLowerCase()}`
  const title = cell.first.map(({ summary }) => summary || 'Without text').join('\n')
  const inside: ReactNode = cell.count
  const shared = { className: 'la-cell', 'data-tone': look.tone, 'aria-label': words, title }
  if (cell.count === 1 && cell.first[0])
    return (
      <Link to="/o/$slug/posts/$postId" params={{ slug, postId: cell.first[0].id }} {...shared}>
        {inside}
      </Link>
    )
  return (
    <UnstyledButton onClick={() => set({ date: cell.cell.slice(0, 10), zoom: 'day' })} {...shared}>
      {inside}
    </UnstyledButton>
  )
}

const steps: Record<string, [column: number, row: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** From a cell with something to the nearest one in this direction. */
function moveByArrows(event: KeyboardEvent<HTMLTableElement>): void {
  const step = steps[event.key]
  const here = (event.target as HTMLElement).closest<HTMLElement>('.la-cell')
  if (!step || !here) return
  const at = (element: HTMLElement) => {
    const cell = element.closest('td')!
    return [cell.cellIndex, (cell.parentElement as HTMLTableRowElement).rowIndex] as const
  }
  const [column, row] = at(here)
  const others = [...event.currentTarget.querySelectorAll<HTMLElement>('.la-cell')].flatMap((element) => {
    const [x, y] = at(element)
    const [along, aside] = step[0]
      ? [(x - column) * step[0], Math.abs(y - row)]
      : [(y - row) * step[1], Math.abs(x - column)]
    return along > 0 ? [{ element, far: along + aside * (step[0] ? 1000 : 1) }] : []
  })
  const next = others.sort((a, b) => a.far - b.far)[0]
  if (!next) return
  event.preventDefault()
  next.element.focus()
}
