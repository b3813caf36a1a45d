import { type AddendaWishes, EXISTING_ADDENDA } from '../core/model/addenda.ts'
import type { FlagValues } from './command.ts'
import { choicesOf, meantBy, SPANISH_EXISTING_ADDENDA } from './spanish-values.ts'

/** What becomes of an addenda that is there, with the Spanish words for it. */
export const EXISTING_FLAG = {
  type: 'string',
  alias: 'addenda-existente',
  ...choicesOf(EXISTING_ADDENDA, SPANISH_EXISTING_ADDENDA),
} as const

/** Flags that say something about addendas for one run. */
export const ADDENDA_FLAGS = {
  addenda: { type: 'string', alias: 'adenda' },
  'addenda-existing': EXISTING_FLAG,
  'addenda-data': { type: 'string', alias: 'datos-addenda', path: true },
} as const

export function addendaWishes(flags: FlagValues<typeof ADDENDA_FLAGS>): AddendaWishes {
  return {
    template: templateName(flags.addenda) ?? null,
    existing: meantBy(flags['addenda-existing'], SPANISH_EXISTING_ADDENDA) ?? null,
    dataFile: flags['addenda-data'] ?? null,
  }
}

/** `ninguna` says `none`. */
export function templateName(typed: string | undefined): string | undefined {
  const name = typed?.trim().toLowerCase()
  return name === 'ninguna' || name === '' ? 'none' : name
}
