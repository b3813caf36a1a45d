import type { Generated } from 'kysely'

export interface CustomerTable {
  code: string
  /** customer, supplier, employee, bank. */
  kind: Generated<string>
  name: string
  /** Name without case, accents and double spaces, for search and for receivers that share a generic RFC. */
  folded_name: string
  rfc: string
  email: string
  billing_email: string
  packaging_type: string
  /** JSON list of addresses. */
  packaging_addresses: string
  /** Mobile numbers in E.164, separated by a comma and a space. */
  mobile: Generated<string>
  channel: Generated<string>
  /** How the XML reaches a customer that gets no mail. */
  xml_by: Generated<string>
  curp: Generated<string>
  employee_number: Generated<string>
  /** '' for none. */
  group_code: Generated<string>
  class: Generated<string>
  created_at: string
  updated_at: string
}

export interface ContactTable {
  id: string
  customer: string
  position: number
  name: string
  email: string
  gets_invoices: number
  mobile: Generated<string>
}

/** Addresses that nothing is sent to until a person says so. */
export interface QuarantineTable {
  /** Lower case. */
  address: string
  since: string
  status: string
  reason: string
  order_id: string | null
}

/** What an addenda says of a customer: its number of us, its branch. */
export interface CustomerAddendaTable {
  customer: string
  name: string
  value: string
}
