import { cleanLine } from './clean.ts'

/** A class of customers as it is kept and compared: `Mayoreo ` is `MAYOREO`. */
export function customerClassOf(text: string): string {
  return cleanLine(text).toUpperCase()
}
