import { count, type Growth, seconds } from './figures.ts'

const WIDTH = 720
const HEIGHT = 400
const MARGIN = { left: 76, right: 190, top: 44, bottom: 50 }
const COLOURS = ['#0b7285', '#e8590c', '#5f3dc4', '#2b8a3e', '#c2255c', '#495057']

interface Axis {
  /** Powers of ten at both ends. */
  readonly low: number
  readonly high: number
  place(value: number): number
}

/**
 * How time grows with size, both logarithmic: a straight line of slope one is time in proportion. As SVG, light and dark ground
 * alike.
 */
export function growthChart(growth: readonly Growth[]): string {
  const points = growth.flatMap((line) => line.points)
  const across = axis(
    points.map(({ size }) => size),
    [MARGIN.left, WIDTH - MARGIN.right],
  )
  const up = axis(
    points.map(({ ms }) => ms),
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="24" font-size="15" font-weight="600">Time by number of documents (both scales logarithmic)</text>`,
    ...powers(across).map((size) => grid({ x: across.place(size), label: count(size) })),
    ...powers(up).map((ms) => grid({ y: up.place(ms), label: ms < 1 ? `${ms} ms` : seconds(ms) })),
    ...growth.map((line, i) => drawn(line, { across, up, colour: COLOURS[i % COLOURS.length] ?? '#000' })),
    ...labels(growth, up),
    '</svg>',
    '',
  ].join('\n')
}

function axis(values: readonly number[], [from, to]: readonly [number, number]): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return { low, high, place: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from) }
}

function powers({ low, high }: Axis): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i))
}

function grid(at: { readonly x?: number; readonly y?: number; readonly label: string }): string {
  const [left, right] = [MARGIN.left, WIDTH - MARGIN.right]
  const [top, bottom] = [MARGIN.top, HEIGHT - MARGIN.bottom]
  const line = (d: string) => `<path d="${d}" stroke="#dee2e6"/>`
  if (at.x !== undefined)
    return `${line(`M${at.x} ${top}V${bottom}`)}<text x="${at.x}" y="${bottom + 20}" text-anchor="middle">${at.label}</text>`
  const y = at.y ?? 0
  return `${line(`M${left} ${y}H${right}`)}<text x="${left - 8}" y="${y + 4}" text-anchor="end">${at.label}</text>`
}

function drawn(
  { points }: Growth,
  { across, up, colour }: { across: Axis; up: Axis; colour: string },
): string {
  const places = points.map(({ size, ms }) => `${across.place(size).toFixed(1)},${up.place(ms).toFixed(1)}`)
  const dots = places
    .map((place) => place.split(','))
    .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`)
  return `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}`
}

/** Names at the right end of the lines, kept apart where lines end close together. */
function labels(growth: readonly Growth[], up: Axis): string[] {
  const ends = growth
    .map(({ label, points }, i) => ({
      label,
      y: up.place(points.at(-1)?.ms ?? 1),
      colour: COLOURS[i % COLOURS.length] ?? '#000',
    }))
    .sort((a, b) => a.y - b.y)
  let free = MARGIN.top
  return ends.map(({ label, y, colour }) => {
    const at = Math.max(y, free)
    free = at + 16
    return `<text x="${WIDTH - MARGIN.right + 12}" y="${(at + 4).toFixed(1)}" fill="${colour}">${label}</text>`
  })
}
