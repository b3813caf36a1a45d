import { codeSeries } from '../model/customer-codes.ts'
import { explain } from '../model/customer-explain.ts'
import { settingsOfCustomer } from '../model/explain-settings.ts'
import { changedFields, type CustomerFields, newCustomer, withFields } from '../model/customer-fields.ts'
import { type Customer, normalCode, recipientsOf, validCustomerCode } from '../model/customer.ts'
import { lacksXml, numbersOf } from '../model/customer-channel.ts'
import { CfdiMailError } from '../model/errors.ts'
import { parsePartyKind } from '../model/party.ts'
import type { NewEvent } from '../model/event.ts'
import type {
  CustomerResult,
  CustomersResult,
  CustomerView,
  ExplainedResult,
} from '../model/results/customers.ts'
import type { DoneResult } from '../model/results/house.ts'
import { addendaFieldsOf } from '../store/customer-addenda.ts'
import { findGroup } from '../store/customer-groups.ts'
import * as store from '../store/customers.ts'
import { listDocumentSettings } from '../store/document-settings.ts'
import { insertEvents } from '../store/event-log.ts'
import { defaultWhatsAppProfile } from '../store/whatsapp-profiles.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import type { Db } from '../store/schema.ts'
import { listQuarantine } from '../store/quarantine.ts'
import type { Ctx } from './ctx.ts'
import { saveAddendaFields, type WithAddendaFields } from './customer-addenda.ts'

/** What to list: those whose code, name, RFC or any address contains the text; a kind of party as typed. Undefined is all. */
export interface CustomerSearch {
  readonly text?: string | undefined
  readonly kind?: string | undefined
}

/**
 * Parties by code: customers, suppliers, employees and banks, or those of one kind.
 * @throws BAD_CHOICE
 */
export async function listCustomers(ctx: Ctx, search: CustomerSearch = {}): Promise<CustomersResult> {
  const kind = search.kind === undefined ? null : parsePartyKind(search.kind)
  const found = await store.searchCustomers(ctx.db, search.text ?? '')
  const listed = found.filter((party) => kind === null || party.kind === kind)
  return { kind: 'customers', customers: listed.map(toView) }
}

/** @throws CUSTOMER_NOT_FOUND */
export async function showCustomer(ctx: Ctx, code: string): Promise<CustomerResult> {
  return toResult(ctx.db, await existingCustomer(ctx.db, code))
}

/**
 * Which rule gives each address, why the others are not used, and what the document settings come to.
 * @throws CUSTOMER_NOT_FOUND
 */
export async function explainCustomer(ctx: Ctx, code: string): Promise<ExplainedResult> {
  const customer = await existingCustomer(ctx.db, code)
  const quarantined = new Set((await listQuarantine(ctx.db)).map(({ address }) => address))
  const type = await findPackagingType(ctx.db, customer.packaging.type)
  const about = { customerClass: customer.class ?? '' }
  const settings =
    type === undefined ? [] : settingsOfCustomer(await listDocumentSettings(ctx.db), { type, ...about })
  return explain(customer, { quarantined, settings })
}

/** A customer to be made. */
export interface NewCustomer extends CustomerFields, WithAddendaFields {
  /** Undefined takes the next of C00001, C00002, …, or of P00001, … for a supplier. */
  readonly code?: string | undefined
  /** Made at a point of sale: it gets that packaging type unless the entry names one. */
  readonly pointOfSale: boolean
}

/** What says who a customer is: without any of it nobody is made. */
const SAYING = ['code', 'name', 'rfc', 'email', 'billingEmail', 'mobile', 'curp', 'employeeNumber'] as const

/**
 * Makes a customer; without a packaging entry it gets GRAL, or the type of the setting `posPackagingType` at a point of sale.
 * @throws EMPTY_CUSTOMER, CUSTOMER_EXISTS, BAD_CUSTOMER, BAD_CHOICE, BAD_ADDRESS, BAD_PACKAGING_ENTRY, TYPE_NOT_FOUND, GROUP_NOT_FOUND
 */
export async function addCustomer(ctx: Ctx, wanted: NewCustomer): Promise<CustomerResult> {
  if (SAYING.every((field) => (wanted[field] ?? '') === '')) throw new CfdiMailError('EMPTY_CUSTOMER')
  const packaging = wanted.packaging ?? (wanted.pointOfSale ? ctx.settings.posPackagingType : undefined)
  const added = await ctx.db.transaction().execute(async (db) => {
    const codes = await store.customerCodes(db)
    const code = wanted.code === undefined ? nextCode(codes, wanted.kind) : checkedCode(wanted.code)
    if (codes.includes(code)) throw new CfdiMailError('CUSTOMER_EXISTS', { code })
    const customer = withFields(newCustomer(code), { ...wanted, packaging })
    await save(ctx, db, { customer, detail: 'new' })
    await saveAddendaFields(db, code, wanted.addendaFields)
    return customer
  })
  return toResult(ctx.db, added)
}

/**
 * Changes the fields that are given and shows who gets the mail now.
 * @throws NOTHING_TO_CHANGE, CUSTOMER_NOT_FOUND, BAD_CUSTOMER, BAD_ADDRESS, BAD_PACKAGING_ENTRY, TYPE_NOT_FOUND, GROUP_NOT_FOUND, BAD_PHONE,
 *   NEEDS_XML_BY, NO_WHATSAPP_PROFILE
 */
export async function setCustomer(
  ctx: Ctx,
  code: string,
  fields: CustomerFields & WithAddendaFields,
): Promise<CustomerResult> {
  if (Object.values(fields).every((value) => value === undefined))
    throw new CfdiMailError('NOTHING_TO_CHANGE')
  const change = (customer: Customer) => withFields(customer, fields)
  return applyChange(ctx, code, { change, addendaFields: fields.addendaFields })
}

/**
 * Saves what `change` makes of the customer, in one commit with its event.
 * @throws CUSTOMER_NOT_FOUND, TYPE_NOT_FOUND, and what `change` throws
 */
export async function changeCustomer(
  ctx: Ctx,
  code: string,
  change: (customer: Customer) => Customer,
): Promise<CustomerResult> {
  return applyChange(ctx, code, { change })
}

interface CustomerChange extends WithAddendaFields {
  readonly change: (customer: Customer) => Customer
}

async function applyChange(
  ctx: Ctx,
  code: string,
  { change, addendaFields }: CustomerChange,
): Promise<CustomerResult> {
  const changed = await ctx.db.transaction().execute(async (db) => {
    const before = await existingCustomer(db, code)
    const customer = change(before)
    const inAddenda = await saveAddendaFields(db, customer.code, addendaFields)
    const detail = [...changedFields(before, customer), ...inAddenda].join(', ')
    if (detail !== '') await save(ctx, db, { customer, detail })
    return customer
  })
  return toResult(ctx.db, changed)
}

/**
 * Removes customers, all or none. Their finished orders stay in the log.
 * @throws CUSTOMER_NOT_FOUND, CUSTOMER_IN_USE while an order of one is not finished
 */
export async function removeCustomers(ctx: Ctx, codes: readonly string[]): Promise<DoneResult> {
  const names = [...new Set(codes.map(normalCode))]
  await ctx.db.transaction().execute(async (db) => {
    for (const code of names) {
      const customer = await existingCustomer(db, code)
      const orders = await store.countOpenOrders(db, code)
      if (orders > 0) throw new CfdiMailError('CUSTOMER_IN_USE', { code, orders })
      await store.removeCustomer(db, code)
      await insertEvents(db, [customerEvent(ctx, 'customer-removed', { code, detail: customer.name })])
    }
  })
  return { kind: 'done', action: 'removed', subject: 'customer', names }
}

/** @throws CUSTOMER_NOT_FOUND */
export async function existingCustomer(db: Db, code: string): Promise<Customer> {
  const customer = await store.findCustomer(db, code)
  if (customer === undefined) throw new CfdiMailError('CUSTOMER_NOT_FOUND', { code })
  return customer
}

/** An event about a customer's data; `detail` names the fields that changed. */
export function customerEvent(
  ctx: Ctx,
  event: 'customer-saved' | 'customer-removed',
  about: { readonly code: string; readonly detail: string },
): NewEvent {
  const { code: customer, detail } = about
  return {
    at: ctx.now().toISOString(),
    level: 'info',
    event,
    order: null,
    customer,
    uuid: null,
    recipient: null,
    detail,
  }
}

async function save(
  ctx: Ctx,
  db: Db,
  saved: { readonly customer: Customer; readonly detail: string },
): Promise<void> {
  const { customer, detail } = saved
  const { type } = customer.packaging
  if ((await findPackagingType(db, type)) === undefined)
    throw new CfdiMailError('TYPE_NOT_FOUND', { code: type })
  await checkChannel(db, customer)
  const { group } = customer
  if (group !== undefined && (await findGroup(db, group)) === undefined)
    throw new CfdiMailError('GROUP_NOT_FOUND', { code: group })
  await store.saveCustomer(db, customer, ctx.now())
  await insertEvents(db, [customerEvent(ctx, 'customer-saved', { code: customer.code, detail })])
}

/** A channel that cannot work is better refused while somebody looks than found out by a customer without an invoice. */
async function checkChannel(db: Db, customer: Customer): Promise<void> {
  const { code, channel = 'email' } = customer
  if (channel === 'email') return
  if (lacksXml(customer)) throw new CfdiMailError('NEEDS_XML_BY', { code })
  if ((await defaultWhatsAppProfile(db)) === undefined) throw new CfdiMailError('NO_WHATSAPP_PROFILE')
}

function toView(customer: Customer): CustomerView {
  return {
    ...customer,
    ...{ mobile: customer.mobile ?? '', channel: customer.channel ?? 'email', xmlBy: customer.xmlBy ?? '' },
    ...{ curp: customer.curp ?? '', employeeNumber: customer.employeeNumber ?? '' },
    group: customer.group ?? '',
    class: customer.class ?? '',
    partyKind: customer.kind,
    recipients: recipientsOf(customer),
    numbers: (customer.channel ?? 'email') === 'email' ? [] : numbersOf(customer),
  }
}

async function toResult(db: Db, customer: Customer): Promise<CustomerResult> {
  const addendaFields = await addendaFieldsOf(db, customer.code)
  return { ...toView(customer), kind: 'customer', addendaFields }
}

function nextCode(taken: readonly string[], kind: string | undefined): string {
  return codeSeries(taken, kind === undefined ? 'customer' : parsePartyKind(kind))()
}

function checkedCode(text: string): string {
  const code = normalCode(text)
  if (!validCustomerCode(code)) throw new CfdiMailError('BAD_CUSTOMER', { field: 'code', value: text })
  return code
}
