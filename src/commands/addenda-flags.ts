import { type AddendaWishes, EXISTING_ADDENDA, type ExistingAddenda } from '../core/model/addenda.ts'
import type { FlagValues } from './command.ts'

/** What becomes of an addenda that is there, with the Spanish words for it. */
export const EXISTING_FLAG = {
  type: 'string',
  alias: 'addenda-existente',
  choices: [...EXISTING_ADDENDA, 'reemplazar', 'conservar'],
} as const

/** Flags that say something about addendas for one run. */
export const ADDENDA_FLAGS = {
  addenda: { type: 'string', alias: 'adenda' },
  'addenda-existing': EXISTING_FLAG,
  'addenda-data': { type: 'string', alias: 'datos-addenda', path: true },
} as const

const SPANISH = { reemplazar: 'replace', conservar: 'keep' } as const

type Typed = ExistingAddenda | keyof typeof SPANISH

export function existingOf(typed: Typed | undefined): ExistingAddenda | undefined {
  return typed !== undefined && typed in SPANISH
    ? SPANISH[typed as keyof typeof SPANISH]
    : (typed as ExistingAddenda | undefined)
}

export function addendaWishes(flags: FlagValues<typeof ADDENDA_FLAGS>): AddendaWishes {
  return {
    template: templateName(flags.addenda) ?? null,
    existing: existingOf(flags['addenda-existing']) ?? null,
    dataFile: flags['addenda-data'] ?? null,
  }
}

/** `ninguna` says `none`. */
export function templateName(typed: string | undefined): string | undefined {
  const name = typed?.trim().toLowerCase()
  return name === 'ninguna' || name === '' ? 'none' : name
}
