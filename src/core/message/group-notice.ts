import { cleanLine } from '../model/clean.ts'
import type { PortalPages } from '../model/portal.ts'
import type { MailTemplate, TemplateProblem } from '../model/template.ts'
import { expandAliases } from './aliases.ts'
import { checkTemplate, isError } from './check-template.ts'
import { DOCUMENT_FIELDS } from './document-fields.ts'
import { MESSAGE_FIELDS, type NoticeSource } from './message-fields.ts'
import type { TemplateData } from './template-data.ts'

/** Fields that a notice of a group has something to say in. A document's, and what is attached, it has not. */
const OF_NOTICES: readonly string[] = [
  ...['customerCode', 'customerName', 'companyName'],
  ...['portalUser', 'portalUrl', 'portalRecoveryUrl'],
  ...['contactName', 'contactEmail', 'groupName', 'requestAddress'],
]

/** The field that a tag of a template that passed `checkTemplate` is about. */
const TAG = /\{\{[#^~]*\s*(?:(?:if|unless|each)\s+)?(?:\.\.\/)*([A-Za-z]+)\s*~?\}\}/g

/** Everything wrong with a notice's texts: what a template may not have, and fields that mean nothing without a document. */
export function checkNotice(texts: Pick<MailTemplate, 'subject' | 'body'>): TemplateProblem[] {
  const problems = checkTemplate(texts)
  if (problems.some(isError)) return problems
  return [...problems, ...foreignFields('subject', texts.subject), ...foreignFields('body', texts.body)]
}

function foreignFields(part: TemplateProblem['part'], text: string): TemplateProblem[] {
  const found = fieldsIn(text).filter((name) => name !== 'else' && !OF_NOTICES.includes(name))
  return found.map((name) => ({
    ...{ part, level: 'error', code: 'not-in-notice', found: name, nearest: '', line: 0, column: 0 },
  }))
}

/** Names of the fields in a text, each once. */
export function fieldsIn(text: string): string[] {
  return [...new Set([...expandAliases(text).text.matchAll(TAG)].map(([, name = '']) => name))]
}

export interface NoticeDataInput {
  readonly customer: { readonly code: string; readonly name: string }
  readonly companyName: string
  readonly notice: NoticeSource
  readonly user: string
  /** Null while the settings name no portal. */
  readonly pages: PortalPages | null
}

/** Every field, computed; '' for those of documents. */
export function noticeData({ customer, companyName, notice, user, pages }: NoticeDataInput): TemplateData {
  const { signIn, recovery } = pages ?? { signIn: '', recovery: '' }
  const message = {
    ...{
      customer,
      companyName,
      attachmentNames: [],
      password: '',
      heads: [],
      documentCount: 0,
      ticket: '',
      notice,
    },
    access: { user, password: '', signIn, recovery },
  }
  return {
    ...Object.fromEntries(DOCUMENT_FIELDS.map(({ name }) => [name, ''])),
    ...Object.fromEntries(MESSAGE_FIELDS.map((field) => [field.name, cleanLine(field.of(message))])),
    documents: [],
  }
}
