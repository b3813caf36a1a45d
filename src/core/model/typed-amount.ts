/** `$1,234.50` → `1234.50`; '' stays; null for what is no amount. Decimal text in and out. */
export function typedAmount(text: string): string | null {
  if (text === '') return ''
  const plain = text.replace(/^(-?)\s*\$\s*/, '$1')
  if (!/^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(plain)) return null
  return plain.replaceAll(',', '')
}
