import { formatContacts } from './contacts.ts'
import type { Customer } from './customer.ts'
import type { CustomerField } from './customer-fields.ts'
import { formatPackagingEntry } from './packaging-entry.ts'

export type TableField = 'code' | CustomerField

/** Columns of an exported table, in order. */
export const TABLE_HEADERS: readonly TableField[] = [
  'code',
  'name',
  'rfc',
  'email',
  'billingEmail',
  'packaging',
  'contacts',
]

/** Header names that are understood, as `normalHeader` gives them. */
const NAMES: Readonly<Record<TableField, readonly string[]>> = {
  code: [
    'code',
    'clave',
    'codigo',
    'cliente',
    'clavecliente',
    'codigocliente',
    'clavedelcliente',
    'customer',
  ],
  name: ['name', 'nombre', 'razonsocial', 'nombrerazonsocial', 'nombreorazonsocial'],
  rfc: ['rfc'],
  email: ['email', 'correo', 'mail', 'correoelectronico'],
  billingEmail: [
    'billingemail',
    'emailfacturacion',
    'emaildefacturacion',
    'correofacturacion',
    'correodefacturacion',
    'emailcfdi',
  ],
  packaging: ['packaging', 'empaquetado', 'empaquetadocfd', 'empaquetadocfdi'],
  contacts: ['contacts', 'contactos'],
}

/** The field of a header, or undefined when it is none of ours. */
export function fieldOfHeader(header: string): TableField | undefined {
  return TABLE_HEADERS.find((field) => NAMES[field].includes(header))
}

/** A customer as a row under TABLE_HEADERS. */
export function toCells(customer: Customer): readonly string[] {
  return [
    customer.code,
    customer.name,
    customer.rfc,
    customer.email,
    customer.billingEmail,
    formatPackagingEntry(customer.packaging),
    formatContacts(customer.contacts),
  ]
}
