/** Sign, whole part, and what stands after the point: an amount as the SAT writes it. It never becomes a floating-point number. */
export const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** The exact sum of decimal texts, with as many decimals as the longest; null when one of them is no number. */
export function sumDecimals(amounts: readonly string[]): string | null {
  const parts = amounts.map((amount) => DECIMAL.exec(amount.trim()))
  const places = Math.max(0, ...parts.map((part) => part?.[3]?.length ?? 0))
  let sum = 0n
  for (const part of parts) {
    if (part === null) return null
    const value = BigInt(`${part[2] ?? ''}${(part[3] ?? '').padEnd(places, '0')}`)
    sum += part[1] === '-' ? -value : value
  }
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return sum < 0n ? `-${text}` : text
}
