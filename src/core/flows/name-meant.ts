import { BUILT_IN_ADDENDAS } from '../model/addenda.ts'
import { CfdiMailError, type ErrorCode, type ErrorParams } from '../model/errors.ts'
import { nearestKnown } from '../model/nearest-known.ts'
import { SHIPPED_TEMPLATES } from '../model/template-use.ts'
import { listStoredAddendas } from '../store/addendas.ts'
import { listGroups } from '../store/customer-groups.ts'
import { customerCodes, findCustomer } from '../store/customers.ts'
import { listOperators } from '../store/operators.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import { listPaymentNotices } from '../store/payment-notices.ts'
import { listProfiles } from '../store/profiles.ts'
import { listQuarantine } from '../store/quarantine.ts'
import type { Db } from '../store/schema.ts'
import { listTemplates } from '../store/templates.ts'
import { listWhatsAppProfiles } from '../store/whatsapp-profiles.ts'
import type { Ctx } from './ctx.ts'

interface Names {
  /** The parameter of the error that holds what was typed. */
  readonly typed: string
  readonly known: (db: Db, params: ErrorParams) => Promise<readonly string[]>
}

/** Errors about a name that nobody has, and the names there are. */
const NAMES: Readonly<Partial<Record<ErrorCode, Names>>> = {
  CUSTOMER_NOT_FOUND: { typed: 'code', known: customerCodes },
  CONTACT_NOT_FOUND: { typed: 'contact', known: contactNames },
  TYPE_NOT_FOUND: {
    typed: 'code',
    known: async (db) => (await listPackagingTypes(db)).map(({ code }) => code),
  },
  GROUP_NOT_FOUND: { typed: 'code', known: async (db) => (await listGroups(db)).map(({ code }) => code) },
  PROFILE_NOT_FOUND: {
    typed: 'name',
    known: async (db) =>
      [...(await listProfiles(db)), ...(await listWhatsAppProfiles(db))].map(({ name }) => name),
  },
  TEMPLATE_NOT_FOUND: {
    typed: 'name',
    known: async (db) => together(SHIPPED_TEMPLATES, await listTemplates(db)),
  },
  ADDENDA_NOT_FOUND: {
    typed: 'name',
    known: async (db) => together(BUILT_IN_ADDENDAS, await listStoredAddendas(db)),
  },
  OPERATOR_NOT_FOUND: {
    typed: 'user',
    known: async (db) => (await listOperators(db)).map(({ user }) => user),
  },
  NOT_QUARANTINED: {
    typed: 'address',
    known: async (db) => (await listQuarantine(db)).map(({ address }) => address),
  },
  RECEIPT_NOT_FOUND: {
    typed: 'id',
    known: async (db) => (await listPaymentNotices(db, {})).map(({ reference }) => reference),
  },
}

/**
 * What a command failed with. An error about a name that nobody has gets the known one that was most likely meant as its parameter
 * `nearest`, when one is near; every other error is as it was.
 */
export async function namingMeant({ db }: Pick<Ctx, 'db'>, error: unknown): Promise<unknown> {
  if (!(error instanceof CfdiMailError)) return error
  const { code, params, problems } = error
  const names = NAMES[code]
  if (names === undefined) return error
  const nearest = nearestKnown(String(params[names.typed] ?? ''), await names.known(db, params))
  return nearest === '' ? error : new CfdiMailError(code, { ...params, nearest }, { cause: error, problems })
}

async function contactNames(db: Db, params: ErrorParams): Promise<readonly string[]> {
  const customer = await findCustomer(db, String(params['code'] ?? ''))
  return (customer?.contacts ?? []).flatMap(({ email, name }) => [email, name])
}

/** A built-in template that was changed is in the store too. */
function together(builtIn: readonly string[], stored: readonly { readonly name: string }[]): string[] {
  return [...new Set([...builtIn, ...stored.map(({ name }) => name)])]
}
