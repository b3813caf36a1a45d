/** Letters to add, drop, change or swap with their neighbour (optimal string alignment distance). */
export function slips(a: string, b: string): number {
  const width = b.length + 1
  const table: number[] = Array.from({ length: width }, (_, j) => j)
  const cell = (i: number, j: number) => table[i * width + j] ?? Infinity
  for (let i = 1; i <= a.length; i++) {
    table.push(i)
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      const swap = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Infinity
      table.push(Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + change, swap))
    }
  }
  return cell(a.length, b.length)
}
