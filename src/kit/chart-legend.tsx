// What the marks of a drawing mean, for the eye; the table beside the drawing says it to everybody else.

import './chart-legend.css'

export interface Mark {
  label: string
  color: string
  shape: 'bar' | 'line' | 'dashes' | 'band'
}

export const ChartLegend = ({ marks }: { marks: readonly Mark[] }) => (
  <ul className="lr-marks" aria-hidden>
    {marks.map(({ label, color, shape }) => (
      <li key={label} className="lr-mark" data-shape={shape}>
        <span style={{ color }} />
        {label}
      </li>
    ))}
  </ul>
)
