import { foldName } from './customer.ts'
import { DELIVERY_STATES, type DeliveryState } from './delivery.ts'
import { CfdiMailError } from './errors.ts'

/** What people type instead of the code, without accents: the words in which the states are shown. */
const WORDS: ReadonlyMap<string, DeliveryState> = new Map([
  ['pendiente', 'pending'],
  ['en curso', 'leased'],
  ['enviado', 'sent'],
  ['aplazado', 'deferred'],
  ['fallido', 'failed'],
  ['incierto', 'unknown'],
  ['uncertain', 'unknown'],
  ['retenido', 'held'],
  ['vencido', 'dead'],
  ['cancelado', 'cancelled'],
  ['canceled', 'cancelled'],
  ['rebotado', 'bounced'],
  ['entregado', 'delivered'],
  ['exportado', 'exported'],
])

/**
 * States of deliveries as typed: codes or Spanish words (also in plural), separated by commas, in any case.
 * @param values one text for each time that the flag was typed
 * @throws BAD_CHOICE
 */
export function parseStates(values: readonly string[]): DeliveryState[] {
  return [...new Set(values.flatMap((value) => value.split(',')).map(stateOf))]
}

function stateOf(value: string): DeliveryState {
  const word = foldName(value)
  const state =
    DELIVERY_STATES.find((code) => code === word) ?? WORDS.get(word) ?? WORDS.get(word.replace(/s$/, ''))
  if (state === undefined)
    throw new CfdiMailError('BAD_CHOICE', { flag: 'state', value, choices: DELIVERY_STATES.join(', ') })
  return state
}
