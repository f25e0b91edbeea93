// The lowest point of a smooth function of few numbers, without derivatives (Nelder and Mead 1965), and how it curves there.

/** @param steps How far to look first, for each number. */
export function minimise(
  f: (x: readonly number[]) => number,
  begin: readonly number[],
  steps: readonly number[],
): { x: number[]; value: number } {
  const at = (x: number[]) => ({ x, value: f(x) })
  const corners = [at([...begin]), ...begin.map((_, side) => at(begin.map((x, i) => (i === side ? x + steps[i]! : x))))]
  for (let turn = 0; turn < 2000; turn++) {
    corners.sort((a, b) => a.value - b.value)
    const [best, worst] = [corners[0]!, corners.at(-1)!]
    if (Math.abs(worst.value - best.value) <= 1e-13 * (Math.abs(best.value) + 1e-13)) break
    const rest = corners.slice(0, -1)
    const middle = begin.map((_, i) => rest.reduce((sum, { x }) => sum + x[i]!, 0) / rest.length)
    const along = (share: number) => at(middle.map((m, i) => m + share * (worst.x[i]! - m)))
    const mirrored = along(-1)
    if (mirrored.value < best.value) {
      const further = along(-2)
      corners[corners.length - 1] = further.value < mirrored.value ? further : mirrored
    } else if (mirrored.value < rest.at(-1)!.value) corners[corners.length - 1] = mirrored
    else {
      const inner = along(mirrored.value < worst.value ? -0.5 : 0.5)
      if (inner.value < Math.min(worst.value, mirrored.value)) corners[corners.length - 1] = inner
      else
        for (const [place, { x }] of corners.entries())
          if (place > 0) corners[place] = at(x.map((each, i) => (each + best.x[i]!) / 2))
    }
  }
  return corners.sort((a, b) => a.value - b.value)[0]!
}

/** Second derivatives of a function of two numbers, by small steps. */
export function curvature(
  f: (x: readonly number[]) => number,
  [a, b]: readonly [number, number],
): [number, number, number] {
  const h = 1e-4
  const centre = f([a, b])
  const second = (da: number, db: number) => (f([a + da, b + db]) - 2 * centre + f([a - da, b - db])) / (h * h)
  const [aa, bb] = [second(h, 0), second(0, h)]
  const ab = (f([a + h, b + h]) - f([a + h, b - h]) - f([a - h, b + h]) + f([a - h, b - h])) / (4 * h * h)
  return [aa, ab, bb]
}
