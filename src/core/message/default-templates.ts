import { PAPER_KINDS } from '../model/paper.ts'
import { RECEIPT_TEMPLATES } from '../model/receipt.ts'
import { BUILT_IN_TEMPLATES, type BuiltInTemplate, type MailTemplate } from '../model/template.ts'
import { CREDIT_NOTE, INVOICE, PAYMENT, PAYROLL, WAYBILL, WITHHOLDINGS } from './defaults/kinds.ts'
import { PAPER_TEMPLATES } from './defaults/papers.ts'
import { PORTAL_ACCESS } from './defaults/portal-access.ts'
import { RECEIPTS } from './defaults/receipts.ts'
import { SEVERAL } from './defaults/several.ts'

/** The mails that come with the program, in Spanish: what a customer reads until somebody writes another. */
export const DEFAULT_TEMPLATES: Readonly<Record<BuiltInTemplate, MailTemplate>> = {
  invoice: INVOICE,
  'credit-note': CREDIT_NOTE,
  payment: PAYMENT,
  waybill: WAYBILL,
  payroll: PAYROLL,
  withholdings: WITHHOLDINGS,
  several: SEVERAL,
  'portal-access': PORTAL_ACCESS,
}

/** The built-in template of that name, or undefined. */
export function builtInTemplate(name: string): MailTemplate | undefined {
  const paper = PAPER_KINDS.find((kind) => kind === name)
  if (paper !== undefined) return PAPER_TEMPLATES[paper]
  const receipt = RECEIPT_TEMPLATES.find((each) => each === name)
  if (receipt !== undefined) return RECEIPTS[receipt]
  const known = BUILT_IN_TEMPLATES.find((template) => template === name)
  return known === undefined ? undefined : DEFAULT_TEMPLATES[known]
}
