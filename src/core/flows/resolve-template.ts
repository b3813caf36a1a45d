import { builtInTemplate } from '../message/default-templates.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { MailTemplate } from '../model/template.ts'
import type { OrderFacts } from './order-facts.ts'

/**
 * The texts for a message: what the packaging type says itself, else the stored template of that name, else the built-in one;
 * subject and body each on its own. The built-in body brings its hand-made text along.
 * @throws TEMPLATE_NOT_FOUND when no template has that name
 */
export async function resolveTemplate(
  { template }: Pick<OrderFacts, 'template'>,
  type: Pick<PackagingType, 'subject' | 'body'>,
  name: string,
): Promise<MailTemplate> {
  const builtIn = builtInTemplate(name)
  const base = (await template(name)) ?? builtIn
  if (base === undefined) throw new CfdiMailError('TEMPLATE_NOT_FOUND', { name })
  const body = type.body ?? base.body
  const text = body === builtIn?.body ? builtIn.text : null
  return { subject: type.subject ?? base.subject, body, text }
}
