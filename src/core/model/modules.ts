import type { CfdiKind } from './cfdi.ts'
import type { PartyKind } from './customer.ts'
import type { PaperKind } from './paper.ts'
import { foldName } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import { MODULES, type ProfileModule } from './profile.ts'

/** What people type, without case and accents. */
const WORDS: Readonly<Record<ProfileModule, readonly string[]>> = {
  invoicing: ['invoicing', 'facturacion', 'factura', 'facturas'],
  collections: ['collections', 'cobranza', 'cobros', 'cobro'],
  payroll: ['payroll', 'nomina', 'nominas'],
  portal: ['portal', 'kiosko'],
}

/**
 * Modules as typed, in English or Spanish, separated by commas or each with a flag of its own.
 * @throws BAD_CHOICE
 */
export function parseModules(typed: readonly string[]): ProfileModule[] {
  const wanted = new Set(typed.flatMap((value) => value.split(',')).map(moduleNamed))
  return MODULES.filter((module) => wanted.has(module))
}

function moduleNamed(text: string): ProfileModule {
  const word = foldName(text)
  const module = MODULES.find((each) => WORDS[each].includes(word))
  if (module !== undefined) return module
  throw new CfdiMailError('BAD_CHOICE', { flag: 'module', value: text, choices: MODULES.join(', ') })
}

/** What an order carries and for whom, as far as its module depends on it. */
export interface ModuleFacts {
  readonly documents: readonly { readonly kind: CfdiKind }[]
  readonly papers: readonly { readonly kind: PaperKind }[]
  readonly party: PartyKind
}

/**
 * The module whose profile sends an order that names none: collections for receipts and statements to customers, payroll for
 * payroll, invoicing for the rest, receipts of payments to suppliers among them (Contífico has one configuration for both).
 * A message with an invoice in it is the invoice's. Null for what carries nothing that says it.
 */
export function moduleOf({ documents, papers, party }: ModuleFacts): ProfileModule | null {
  const modules = [
    ...documents.map(({ kind }) => moduleOfDocument(kind)),
    ...papers.map(({ kind }) => moduleOfPaper(kind, party)),
  ]
  return BY_WEIGHT.find((module) => modules.includes(module)) ?? null
}

/** The first of these that a message has part in decides. */
const BY_WEIGHT: readonly ProfileModule[] = ['payroll', 'invoicing', 'collections']

function moduleOfDocument(kind: CfdiKind): ProfileModule {
  switch (kind) {
    case 'N':
      return 'payroll'
    case 'P':
      return 'collections'
    case 'I':
    case 'E':
    case 'T':
    case 'R':
      return 'invoicing'
  }
}

function moduleOfPaper(kind: PaperKind, party: PartyKind): ProfileModule {
  if (kind !== 'receipt' && kind !== 'statement') return 'invoicing'
  if (party === 'employee') return 'payroll'
  return party === 'customer' ? 'collections' : 'invoicing'
}
