import { foldName } from './customer.ts'
import { DELIVERY_STATES, type DeliveryState } from './delivery.ts'
import { CfdiMailError } from './errors.ts'
import type { PaymentNoticeState } from './payment-notice.ts'

/** What people type, without accents: the codes, and the words in which the states are shown. */
const WORDS: ReadonlyMap<string, DeliveryState> = new Map([
  ...DELIVERY_STATES.map((code) => [code, code] as const),
  ['pendiente', 'pending'],
  ['en curso', 'leased'],
  ['esperando respuesta', 'dotted'],
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

/** States of a notice: it may have no order yet. */
const NOTICE_WORDS: ReadonlyMap<string, PaymentNoticeState> = new Map<string, PaymentNoticeState>([
  ['not-marked', 'not-marked'],
  ['not marked', 'not-marked'],
  ['sin marca', 'not-marked'],
  ...WORDS,
])

/**
 * States of deliveries as typed: codes or Spanish words (also in plural), separated by commas, in any case.
 * @param values one text for each time that the flag was typed
 * @throws BAD_CHOICE
 */
export function parseStates(values: readonly string[]): DeliveryState[] {
  return statesAmong(WORDS, values)
}

/** The same for notices. @throws BAD_CHOICE */
export function parseNoticeStates(values: readonly string[]): PaymentNoticeState[] {
  return statesAmong(NOTICE_WORDS, values)
}

function statesAmong<State extends string>(
  words: ReadonlyMap<string, State>,
  values: readonly string[],
): State[] {
  const states = values.flatMap((value) => value.split(',')).map((value) => stateOf(words, value))
  return [...new Set(states)]
}

function stateOf<State extends string>(words: ReadonlyMap<string, State>, value: string): State {
  const word = foldName(value)
  const state = words.get(word) ?? words.get(word.replace(/s$/, ''))
  if (state !== undefined) return state
  const choices = [...new Set(words.values())].join(', ')
  throw new CfdiMailError('BAD_CHOICE', { flag: 'state', value, choices })
}
