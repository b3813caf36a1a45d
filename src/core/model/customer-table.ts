import { formatContacts } from './contacts.ts'
import type { CsvTable } from './csv-table.ts'
import type { Customer } from './customer.ts'
import { CUSTOMER_FIELDS, type CustomerField } from './customer-fields.ts'
import { CfdiMailError } from './errors.ts'
import { formatPackagingEntry } from './packaging-entry.ts'

export type TableField = 'code' | CustomerField

/** Columns of an exported table, in order. */
export const TABLE_HEADERS: readonly TableField[] = ['code', ...CUSTOMER_FIELDS]

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
  // Not `tipo`: an ERP's column of that name holds anything.
  kind: ['kind', 'clase'],
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
  mobile: ['mobile', 'celular', 'movil', 'whatsapp', 'telefonocelular'],
  channel: ['channel', 'canal'],
  xmlBy: ['xmlby', 'entregaxml'],
  curp: ['curp'],
  employeeNumber: ['employeenumber', 'numeroempleado', 'numerodeempleado', 'numempleado', 'noempleado'],
  group: ['group', 'grupo', 'grupodeclientes'],
  class: ['class', 'customerclass', 'clasecliente', 'clasedecliente', 'segmento'],
}

/** The field of a header, or undefined when it is none of ours. */
export function fieldOfHeader(header: string): TableField | undefined {
  return TABLE_HEADERS.find((field) => NAMES[field].includes(header))
}

/**
 * Titles of the columns that hold something and are none of ours.
 * @throws CSV_COLUMN_TWICE when two columns are the same field: which one holds is not for the program to say
 */
export function ignoredColumns({ headers, titles, rows }: CsvTable): string[] {
  const titleOf = (i: number) => titles[i] || (headers[i] ?? '')
  const taken = new Map<TableField, number>()
  return headers.flatMap((header, i) => {
    const field = fieldOfHeader(header)
    const first = field === undefined ? undefined : taken.get(field)
    if (first !== undefined)
      throw new CfdiMailError('CSV_COLUMN_TWICE', { column: titleOf(i), other: titleOf(first) })
    if (field !== undefined) taken.set(field, i)
    const isBlank = titles[i] === '' && rows.every((row) => (row.cells.get(header) ?? '').trim() === '')
    return field !== undefined || isBlank ? [] : [titleOf(i)]
  })
}

/** A customer as a row under TABLE_HEADERS. */
export function toCells(customer: Customer): readonly string[] {
  return [
    customer.code,
    customer.kind,
    customer.name,
    customer.rfc,
    customer.email,
    customer.billingEmail,
    formatPackagingEntry(customer.packaging),
    formatContacts(customer.contacts),
    customer.mobile ?? '',
    customer.channel ?? 'email',
    customer.xmlBy ?? '',
    customer.curp ?? '',
    customer.employeeNumber ?? '',
    customer.group ?? '',
    customer.class ?? '',
  ]
}
