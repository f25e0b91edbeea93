// The name of the product with its sign: a track seen from above.

export function Mark() {
  return (
    <span className="sh-mark">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#a84526" />
        <g fill="none" stroke="#fff" strokeWidth="2.5" strokeLinecap="round">
          <rect x="5.5" y="9" width="21" height="14" rx="7" />
          <path d="M12 16h8" />
        </g>
      </svg>
      Longrun
    </span>
  )
}
