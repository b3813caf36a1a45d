import { BUILT_IN_ADDENDAS, type BuiltInAddenda } from '../model/addenda.ts'
import { AMECE71 } from './addendas/amece71.ts'
import { COPPEL } from './addendas/coppel.ts'
import { GENERICA } from './addendas/generica.ts'
import { SORIANA } from './addendas/soriana.ts'
import { TEXTO } from './addendas/texto.ts'

const BODIES: Readonly<Record<BuiltInAddenda, string>> = {
  amece71: AMECE71,
  soriana: SORIANA,
  coppel: COPPEL,
  texto: TEXTO,
  generica: GENERICA,
}

/** The template that comes with the program under that name, or undefined. */
export function builtInAddenda(name: string): string | undefined {
  const known = BUILT_IN_ADDENDAS.find((builtIn) => builtIn === name)
  return known === undefined ? undefined : BODIES[known]
}
