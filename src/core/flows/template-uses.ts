import { CfdiMailError } from '../model/errors.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { fitsUse, parseTemplateScope, TEMPLATE_USES, type TemplateScope } from '../model/template-use.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import type { Db } from '../store/schema.ts'

/**
 * Refuses to take away a template that somebody uses.
 * @throws TEMPLATE_IN_USE
 */
export async function checkUnused(db: Db, name: string): Promise<void> {
  const types = await typesWith(db, name)
  if (types.length === 0) return
  const codes = types.map(({ code }) => code).join(', ')
  throw new CfdiMailError('TEMPLATE_IN_USE', { name, types: codes, count: types.length })
}

/**
 * A scope as typed, for a template that may serve kinds of document already.
 * @throws BAD_CHOICE, TEMPLATE_SCOPE when it would serve one no more
 */
export async function checkedScope(db: Db, name: string, typed: string): Promise<TemplateScope> {
  const scope = parseTemplateScope(typed)
  for (const { code, templates } of await typesWith(db, name)) {
    const use = TEMPLATE_USES.find((each) => templates[each] === name && !fitsUse(scope, each))
    if (use !== undefined) throw new CfdiMailError('TEMPLATE_SCOPE', { name, scope, use, code })
  }
  return scope
}

async function typesWith(db: Db, name: string): Promise<PackagingType[]> {
  return (await listPackagingTypes(db)).filter(({ templates }) => Object.values(templates).includes(name))
}
