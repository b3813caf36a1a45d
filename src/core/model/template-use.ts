import { CFDI_KINDS, type CfdiKind } from './cfdi.ts'
import { foldName } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import { parseKinds } from './kinds.ts'
import { PAPER_KINDS } from './paper.ts'
import { RECEIPT_TEMPLATES } from './receipt.ts'
import { BUILT_IN_TEMPLATES, PORTAL_TEMPLATE, templateNameOf } from './template.ts'

/** Names of all templates that come with the program: of documents, of papers, of receipts. */
export const SHIPPED_TEMPLATES = [...BUILT_IN_TEMPLATES, ...PAPER_KINDS, ...RECEIPT_TEMPLATES] as const

/** What a template may be shown for (mostrar plantilla de). */
export const TEMPLATE_SCOPES = ['any', 'sales', 'payments', 'payroll', 'papers'] as const
export type TemplateScope = (typeof TEMPLATE_SCOPES)[number]

/** What people type, without case and accents. */
const WORDS: Readonly<Record<TemplateScope, readonly string[]>> = {
  any: ['any', 'todos', 'todo', 'cualquiera'],
  sales: ['sales', 'ventas', 'venta', 'documentos de venta', 'documentos-de-venta'],
  payments: ['payments', 'pagos', 'pago', 'cobranza'],
  payroll: ['payroll', 'nomina'],
  papers: ['papers', 'papeles'],
}

/** @throws BAD_CHOICE */
export function parseTemplateScope(text: string): TemplateScope {
  const word = foldName(text)
  const scope = TEMPLATE_SCOPES.find((each) => WORDS[each].includes(word))
  if (scope !== undefined) return scope
  throw new CfdiMailError('BAD_CHOICE', { flag: 'scope', value: text, choices: TEMPLATE_SCOPES.join(', ') })
}

/** A kind of document, or several documents in one message. */
export const TEMPLATE_USES = [...CFDI_KINDS, 'several'] as const
export type TemplateUse = (typeof TEMPLATE_USES)[number]

/** Which template a packaging type uses for what; what is not there has the usual one. */
export type AssignedTemplates = Readonly<Partial<Record<TemplateUse, string>>>

const SCOPES: Readonly<Record<TemplateUse, TemplateScope>> = {
  I: 'sales',
  E: 'sales',
  T: 'sales',
  P: 'payments',
  N: 'payroll',
  R: 'any',
  several: 'sales',
}

/** Whether a template of that scope may serve the use; one for any may serve all. */
export function fitsUse(scope: TemplateScope, use: TemplateUse): boolean {
  return scope === 'any' || scope === SCOPES[use]
}

/** What a built-in template is for. */
export function builtInScope(name: string): TemplateScope {
  if (PAPER_KINDS.some((kind) => kind === name)) return 'papers'
  if (RECEIPT_TEMPLATES.some((receipt) => receipt === name)) return 'payments'
  const use = CFDI_KINDS.find((kind) => templateNameOf([kind]) === name)
  return use === undefined ? 'any' : SCOPES[use]
}

/**
 * `I=mi-factura`, `E=` and the like: a kind (or `several`) and a template's name; no name takes the usual one again.
 * @throws BAD_CHOICE for what is no such pair, or no kind
 */
export function parseAssignments(texts: readonly string[]): ReadonlyMap<TemplateUse, string> {
  return new Map(
    texts.flatMap((text) => {
      const [, uses, name] = /^([^=]+)=(.*)$/.exec(text) ?? []
      if (uses === undefined || name === undefined)
        throw new CfdiMailError('BAD_CHOICE', {
          flag: 'template',
          value: text,
          choices: 'I=…, E=…, several=…',
        })
      return usesOf(uses).map((use) => [use, name.trim()] as const)
    }),
  )
}

function usesOf(text: string): readonly TemplateUse[] {
  return ['several', 'varios'].includes(foldName(text)) ? ['several'] : parseKinds([text])
}

/** What decides on a message's template. */
export interface TemplateChoice {
  readonly templates: AssignedTemplates
  readonly kinds: readonly CfdiKind[]
  /** Whether the message says how to enter the portal. */
  readonly portal: 'said' | 'unsaid'
}

/** Name of the template for a message: the one that was assigned, else the portal's or the kind's. */
export function templateFor({ templates, kinds, portal }: TemplateChoice): string {
  const [kind, second] = kinds
  const use = kind === undefined || second !== undefined ? 'several' : kind
  return templates[use] ?? (portal === 'said' ? PORTAL_TEMPLATE : templateNameOf(kinds))
}
