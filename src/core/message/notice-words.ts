import type { ToldEvent } from '../model/error-notice.ts'
import { EVENT_SENTENCES, type EventSentence } from '../model/event-sentences.ts'
import { NOTICE_CODES } from './notice-codes.ts'

/** Sentences of the program that need a person where they stand in the log. */
export const TOLD_SENTENCES = [
  'sender-stopped',
  'access-not-kept',
] as const satisfies readonly EventSentence[]

/** Words of the error notice in one language. */
export interface NoticeWords {
  readonly one: string
  readonly many: string
  readonly intro: string
  readonly titles: Readonly<Record<ToldEvent, string>>
  /** What to type: `{order}`, `{customer}` and `{name}` are filled in. */
  readonly cures: Readonly<Record<ToldEvent | 'no-address' | 'no-number', string>>
  /** The flag that names a company. */
  readonly company: string
  readonly words: string
  readonly next: string
  readonly more: string
  readonly from: string
  readonly footer: string
  /** Codes that stand in the place of words: why something is held, why a document cannot leave. */
  readonly codes: Readonly<Record<string, string>>
  readonly sentences: Readonly<Record<(typeof TOLD_SENTENCES)[number], string>>
}

const es: NoticeWords = {
  company: '--empresa',
  one: 'un asunto necesita a una persona',
  many: '{count} asuntos necesitan a una persona',
  intro: 'Esto pasó desde el último aviso y no se arregla solo. Lo demás siguió su curso.',
  titles: {
    failed: 'No se pudo entregar',
    dead: 'Se acabaron los intentos',
    unknown: 'No se sabe si llegó',
    held: 'Retenido',
    bounced: 'Rebotado: el servidor lo aceptó y después no lo pudo entregar',
    'profile-held': 'Perfil de correo detenido: lo suyo espera, nada se perdió',
    'document-rejected': 'documento que no puede salir',
    'order-file-refused': 'Orden de envío que no se puede tomar',
  },
  cures: {
    failed: 'cfdi-mail bandeja ver {order} · corregida la dirección: cfdi-mail reenviar {order} --motivo "…"',
    dead: 'cfdi-mail bandeja ver {order} · para repetirlo: cfdi-mail reenviar {order} --motivo "…"',
    unknown: 'cfdi-mail bandeja resolver {order} --enviado si llegó, o --reenviar si no',
    held: 'cfdi-mail bandeja ver {order} · para que salga: cfdi-mail bandeja liberar {order}',
    bounced:
      'cfdi-mail bandeja ver {order} · corregida la dirección: cfdi-mail reenviar {order} --motivo "…"',
    'no-address': 'cfdi-mail clientes cambiar {customer} --correo CORREO · sale solo en el siguiente envío',
    'no-number': 'cfdi-mail clientes cambiar {customer} --celular NÚMERO · sale solo en el siguiente envío',
    'profile-held': 'cfdi-mail probar-smtp {name} · cuando pasa la prueba, sigue solo',
    'document-rejected':
      'corregido el archivo, empaquete otra vez: cfdi-mail empaquetar (lo que no es CFDI, con --papeles y --clase)',
    'order-file-refused': 'está en la carpeta bad; corregida, regrésela a la carpeta de las órdenes',
  },
  words: 'Detalle',
  next: 'Qué hacer',
  more: 'Y {count} más: cfdi-mail bitacora --nivel error',
  from: 'Datos',
  footer: 'Aviso automático de cfdi-mail; uno por corrida y no se repite. Se cambia en el ajuste errorMail.',
  codes: NOTICE_CODES.es,
  sentences: {
    'sender-stopped': 'el envío se interrumpió antes de anotar el resultado',
    'access-not-kept': 'la primera contraseña de este correo ya no se guarda',
  },
}

const en: NoticeWords = {
  company: '--company',
  one: 'one matter needs a person',
  many: '{count} matters need a person',
  intro: 'This happened since the last notice and does not mend itself. Everything else went on.',
  titles: {
    failed: 'Could not be delivered',
    dead: 'Given up after the last try',
    unknown: 'Nobody knows whether it arrived',
    held: 'Held',
    bounced: 'Bounced: the server took it and could not deliver it later',
    'profile-held': 'Mail profile on hold: its mail waits, nothing is lost',
    'document-rejected': 'document that cannot leave',
    'order-file-refused': 'Order file that cannot be taken',
  },
  cures: {
    failed:
      'cfdi-mail outbox show {order} · once the address is right: cfdi-mail resend {order} --reason "…"',
    dead: 'cfdi-mail outbox show {order} · to repeat it: cfdi-mail resend {order} --reason "…"',
    unknown: 'cfdi-mail outbox resolve {order} --sent if it arrived, or --resend if not',
    held: 'cfdi-mail outbox show {order} · to let it go: cfdi-mail outbox release {order}',
    bounced:
      'cfdi-mail outbox show {order} · once the address is right: cfdi-mail resend {order} --reason "…"',
    'no-address': 'cfdi-mail customers set {customer} --email ADDRESS · it goes with the next send',
    'no-number': 'cfdi-mail customers set {customer} --mobile NUMBER · it goes with the next send',
    'profile-held': 'cfdi-mail smtp-test {name} · it goes on once the test passes',
    'document-rejected':
      'once the file is right, package again: cfdi-mail package (what is no CFDI, with --papers and --kind)',
    'order-file-refused': 'it is in the folder bad; once mended, put it back into the folder of the orders',
  },
  words: 'Detail',
  next: 'What to do',
  more: 'And {count} more: cfdi-mail log --level error',
  from: 'Data',
  footer: 'Automatic notice of cfdi-mail; one a run, never repeated. The setting is errorMail.',
  codes: NOTICE_CODES.en,
  sentences: {
    'sender-stopped': EVENT_SENTENCES['sender-stopped'],
    'access-not-kept': EVENT_SENTENCES['access-not-kept'],
  },
}

export const NOTICE_WORDS: Readonly<Record<'es' | 'en', NoticeWords>> = { es, en }
