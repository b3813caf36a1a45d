import { verificationUrl } from '../cfdi/verification-url.ts'
import { renderTemplate } from '../message/render.ts'
import { templateData } from '../message/template-data.ts'
import type { StampedHead } from '../model/cfdi.ts'
import type { Customer } from '../model/customer.ts'
import { PASSWORD_WORDS } from '../model/file-password.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { PaidDocument } from '../model/paid-document.ts'
import type { PortalAccessData } from '../model/portal.ts'
import { languageOfTemplate } from '../model/receipt.ts'
import { templateFor } from '../model/template-use.ts'
import type { Ctx } from './ctx.ts'
import { freshFacts, type OrderFacts } from './order-facts.ts'
import { resolveTemplate } from './resolve-template.ts'

/** Documents that a message is about. */
interface DocumentWords {
  readonly customer: Customer
  readonly type: PackagingType
  readonly heads: readonly StampedHead[]
  readonly names: readonly string[]
  readonly access?: PortalAccessData | null
  /** What payment complements among them pay; left out when only the subject matters. */
  readonly paid?: readonly PaidDocument[]
  readonly facts?: OrderFacts
}

/** The words of a message about documents, with attachments of these names. @throws BAD_TEMPLATE */
export async function renderDocuments(
  ctx: Ctx,
  { customer, type, heads, names, access = null, paid = [], facts = freshFacts(ctx.db) }: DocumentWords,
) {
  const name = templateFor({
    templates: type.templates,
    kinds: heads.map((head) => head.kind),
    portal: access === null ? 'unsaid' : 'said',
  })
  const template = await resolveTemplate(facts, type, name)
  return renderTemplate(
    template,
    templateData({
      heads,
      customer,
      settings: ctx.settings,
      access,
      verificationUrls: heads.map((head) => (type.passwordRule === null ? verificationUrl(head) : '')),
      attachments: names,
      password: passwordWords(type),
      paid,
      language: languageOfTemplate(name),
    }),
  )
}

function passwordWords({ passwordRule, passwordHint }: PackagingType): string {
  return passwordRule === null ? '' : (passwordHint ?? PASSWORD_WORDS[passwordRule])
}
