import type { Customer } from '../model/customer.ts'
import type { MailLanguage } from '../model/mail-language.ts'
import type { PaperKind } from '../model/paper.ts'
import { receiptTemplateFor } from '../model/receipt.ts'
import type { Db } from '../store/schema.ts'
import { findTemplate } from '../store/templates.ts'

/**
 * Name of the template for a paper: its kind's, and for a receipt the one of who gets it. A `receipt` that somebody wrote goes
 * on serving in Spanish until they write that one too: their words are worth more than ours.
 */
export async function paperTemplate(
  db: Db,
  kind: PaperKind,
  { party, language }: { readonly party: Customer['kind']; readonly language: MailLanguage },
): Promise<string> {
  const receipt = kind === 'receipt' ? receiptTemplateFor(party, language) : null
  if (receipt === null) return kind
  const isOwn = async (name: string) => (await findTemplate(db, name)) !== undefined
  const keepsOlder = language === 'es' && (await isOwn('receipt')) && !(await isOwn(receipt))
  return keepsOlder ? 'receipt' : receipt
}
