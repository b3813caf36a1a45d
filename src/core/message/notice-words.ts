import type { ToldEvent } from '../model/error-notice.ts'

/** Words of the error notice in one language. */
export interface NoticeWords {
  readonly one: string
  readonly many: string
  readonly intro: string
  readonly titles: Readonly<Record<ToldEvent, string>>
  /** What to type: `{order}`, `{customer}` and `{name}` are filled in. */
  readonly cures: Readonly<Record<ToldEvent | 'no-address', string>>
  readonly words: string
  readonly next: string
  readonly more: string
  readonly from: string
  readonly footer: string
  /** Codes that stand in the place of words: why something is held, why a document cannot leave. */
  readonly codes: Readonly<Record<string, string>>
}

const es: NoticeWords = {
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
    failed: 'cfdi-mail outbox show {order} · corregida la dirección: cfdi-mail resend {order} --reason "…"',
    dead: 'cfdi-mail outbox show {order} · para repetirlo: cfdi-mail resend {order} --reason "…"',
    unknown: 'cfdi-mail outbox resolve {order} --sent si llegó, o --resend si no',
    held: 'cfdi-mail outbox show {order} · para que salga: cfdi-mail outbox release {order}',
    bounced: 'cfdi-mail outbox show {order} · corregida la dirección: cfdi-mail resend {order} --reason "…"',
    'no-address': 'cfdi-mail customers set {customer} --email CORREO · sale solo en el siguiente envío',
    'profile-held': 'cfdi-mail smtp-test {name} · cuando pasa la prueba, sigue solo',
    'document-rejected':
      'corregido el archivo, empaquete otra vez: cfdi-mail empaquetar (lo que no es CFDI, con --papeles y --clase)',
    'order-file-refused': 'está en la carpeta bad; corregida, regrésela con el mismo nombre',
  },
  words: 'Detalle',
  next: 'Qué hacer',
  more: 'Y {count} más: cfdi-mail log --level error',
  from: 'Datos',
  footer: 'Aviso automático de cfdi-mail; uno por corrida y no se repite. Se cambia en el ajuste errorMail.',
  codes: {
    'no-address': 'el cliente no tiene dirección',
    template: 'la plantilla tiene un error',
    review: 'hay que revisarlo',
    unreadable: 'no se puede leer el archivo',
    empty: 'el archivo está vacío',
    'too-large': 'el archivo pasa del tamaño permitido',
    encoding: 'su codificación no es la que declara',
    malformed: 'no es XML bien formado',
    doctype: 'trae un DOCTYPE',
    'not-cfdi': 'no es un CFDI',
    'unknown-version': 'la versión del CFDI no se conoce',
    'missing-data': 'le falta un dato obligatorio',
    'not-stamped': 'no está timbrado',
    'several-stamps': 'trae más de un timbre',
    'bad-uuid': 'el folio fiscal no es válido',
    'seal-mismatch': 'el timbre es de otro documento',
    'uuid-conflict': 'otro archivo distinto tiene el mismo folio fiscal',
    changed: 'el archivo cambió mientras se empaquetaba',
    'bad-pdf': 'su PDF no es un PDF o está incompleto',
    'bad-attachment': 'un adjunto es de un tipo que los servidores rechazan',
  },
}

const en: NoticeWords = {
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
    'profile-held': 'cfdi-mail smtp-test {name} · it goes on once the test passes',
    'document-rejected':
      'once the file is right, package again: cfdi-mail package (what is no CFDI, with --papers and --kind)',
    'order-file-refused': 'it is in the folder bad; once mended, put it back under the same name',
  },
  words: 'Detail',
  next: 'What to do',
  more: 'And {count} more: cfdi-mail log --level error',
  from: 'Data',
  footer: 'Automatic notice of cfdi-mail; one a run, never repeated. The setting is errorMail.',
  codes: {
    'no-address': 'the customer has no address',
    template: 'the template has an error',
    review: 'it has to be looked at',
    unreadable: 'the file cannot be read',
    empty: 'the file is empty',
    'too-large': 'the file is larger than allowed',
    encoding: 'its encoding is not the one it declares',
    malformed: 'it is not well-formed XML',
    doctype: 'it has a DOCTYPE',
    'not-cfdi': 'it is no CFDI',
    'unknown-version': 'its CFDI version is not known',
    'missing-data': 'it lacks required data',
    'not-stamped': 'it has no stamp',
    'several-stamps': 'it has more than one stamp',
    'bad-uuid': 'its fiscal folio is not valid',
    'seal-mismatch': 'its stamp belongs to another document',
    'uuid-conflict': 'another, different file has the same fiscal folio',
    changed: 'the file changed while it was packaged',
    'bad-pdf': 'its PDF is no PDF or not complete',
    'bad-attachment': 'an attachment is of a kind that servers refuse',
  },
}

export const NOTICE_WORDS: Readonly<Record<'es' | 'en', NoticeWords>> = { es, en }
