import { fieldsOf, listOf, textOf } from '../model/json-object.ts'
import type { WhatsAppProfile } from '../model/whatsapp-profile.ts'
import { profileFault, type SmtpFault } from './smtp-errors.ts'

/**
 * The template must be approved in its language, with a document on top and as many parameters as the profile has fields.
 * @param all what Meta found: names that hold the word, so `comprobantes_2` is another template
 * @returns what there is to say of it
 * @throws SmtpFault
 */
export function checkTemplate(
  { template, templateLanguage: language, fields }: WhatsAppProfile,
  all: readonly unknown[],
): string {
  const found = all.map(fieldsOf).filter((each) => each['name'] === template)
  const mine = found.find((each) => each['language'] === language)
  if (mine === undefined) {
    const languages = found.map((each) => textOf(each['language'])).join(', ')
    throw templateFault(
      `no template ${template} in ${language}${languages === '' ? '' : `; there is ${languages}`}`,
    )
  }
  const status = textOf(mine['status'])
  if (status !== 'APPROVED') throw templateFault(`template ${template} is ${status}`)
  const { hasDocument, parameters } = shapeOf(mine)
  if (!hasDocument) throw templateFault(`template ${template} has no document as its header`)
  if (parameters !== fields.length)
    throw templateFault(
      `template ${template} has ${parameters} parameters; the profile names ${fields.length}`,
    )
  return `${template} ${language} ${status}, ${parameters} parameters`
}

function shapeOf(template: Readonly<Record<string, unknown>>): {
  readonly hasDocument: boolean
  readonly parameters: number
} {
  const parts = listOf(template['components']).map(fieldsOf)
  const text = textOf(parts.find(({ type }) => type === 'BODY')?.['text'])
  return {
    hasDocument: parts.some(({ type, format }) => type === 'HEADER' && format === 'DOCUMENT'),
    parameters: new Set(text.match(/\{\{[^{}]+\}\}/g)).size,
  }
}

function templateFault(words: string): SmtpFault {
  return profileFault('whatsapp-template', words)
}
