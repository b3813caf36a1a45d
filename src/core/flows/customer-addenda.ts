import { addendaFieldKey } from '../model/addenda.ts'
import { addendaFieldsOf, replaceAddendaFields } from '../store/customer-addenda.ts'
import type { Db } from '../store/schema.ts'

/** Name and value; '' takes the field away. */
export type AddendaFieldChanges = readonly (readonly [name: string, value: string])[]

export interface WithAddendaFields {
  readonly addendaFields?: AddendaFieldChanges | undefined
}

/**
 * Keeps values for a customer's addendas; those not named stay. Names that compare alike (`No. proveedor`, `noProveedor`) are
 * one field. Call it inside a transaction.
 * @returns the names that were given, as an event tells them
 */
export async function saveAddendaFields(
  db: Db,
  customer: string,
  changes: AddendaFieldChanges = [],
): Promise<string[]> {
  if (changes.length === 0) return []
  const fields = new Map(Object.entries(await addendaFieldsOf(db, customer)))
  for (const [name, value] of changes) {
    for (const known of fields.keys()) {
      if (addendaFieldKey(known) === addendaFieldKey(name)) fields.delete(known)
    }
    if (value !== '') fields.set(name, value)
  }
  await replaceAddendaFields(db, customer, Object.fromEntries(fields))
  return changes.map(([name]) => `addenda ${name}`)
}
