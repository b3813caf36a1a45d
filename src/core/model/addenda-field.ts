import { addendaFieldKey } from './addenda.ts'
import { cleanLine } from './clean.ts'
import { CfdiMailError } from './errors.ts'

/**
 * `proveedor=12345`, as people type a customer's value for an addenda. Nothing behind the sign takes the value away.
 * @returns undefined when none was typed
 * @throws BAD_ADDENDA_FIELD when there is no `=`, or no name before it
 */
export function parseAddendaFields(
  typed: readonly string[] | undefined,
): readonly (readonly [name: string, value: string])[] | undefined {
  return typed?.map((text) => {
    const [name = '', ...rest] = text.split('=')
    if (rest.length === 0 || addendaFieldKey(name) === '')
      throw new CfdiMailError('BAD_ADDENDA_FIELD', { value: text })
    return [cleanLine(name), cleanLine(rest.join('='))]
  })
}
