/** Límites de los perfiles y lo previsto para un envío. */
export const limits = {
  'command.profiles.set': 'Cambia los límites y las conexiones de un perfil; no hace falta probarlo otra vez',
  'flag.profiles.set.provider': 'Toma los límites conocidos de un proveedor',
  'flag.per-minute': 'Mensajes por minuto a lo más; ninguno quita el límite',
  'flag.per-day': 'Destinatarios en 24 horas a lo más; ninguno quita el límite',
  'flag.max-recipients':
    'Destinatarios por mensaje a lo más; los demás van en otra copia del mismo (normal: 50)',
  'flag.max-bytes': 'Tamaño máximo del mensaje ya codificado, por ejemplo 25M; ninguno lo deja al servidor',
  'flag.on-unknown': 'Qué hacer con un envío incierto: retener (lo normal) o reenviar:24h (a las 24 horas)',
  'flag.bounces-to':
    'Buzón al que vuelven los rebotes, con la orden en la dirección (VERP); ninguno los deja volver al remitente',
  'flag.plan': 'Solo dice cuánto se enviaría, qué límite lo frena y cuándo sale el último; no envía nada',

  'profiles.provider': 'Proveedor',
  'provider.generic': 'cualquier otro (generic)',
  'profiles.limits': 'Límites',
  'profiles.each': 'Por mensaje',
  'profiles.per-minute': '{count} {count|mensaje|mensajes} por minuto',
  'profiles.per-day': '{count} {count|destinatario|destinatarios} en 24 horas',
  'profiles.max-recipients': '{count} {count|destinatario|destinatarios}',
  'profiles.max-bytes': '{size}',
  'profiles.bounces-to': 'Rebotes a',
  'profiles.unknown': 'Inciertos',
  'profiles.unknown.hold': 'se retienen',
  'profiles.unknown.resend-after': 'se reenvían después de {hours} {hours|hora|horas}',

  'sent.limit.per-minute':
    'El perfil «{profile}» admite {allowed} {allowed|mensaje|mensajes} por minuto: {waiting} {waiting|envío queda|envíos quedan} para {at}.',
  'sent.limit.per-day':
    'El perfil «{profile}» admite {allowed} {allowed|destinatario|destinatarios} en 24 horas: {waiting} {waiting|envío queda|envíos quedan} para {at}.',
  'sent.too-big-help':
    'Los mensajes demasiado grandes se pueden dividir, mandar en ZIP, o mandar solo un enlace.',

  'plan.nothing': 'No hay nada que enviar ahora.',
  'plan.totals':
    'Por enviar: {messages} {messages|mensaje|mensajes} a {recipients} {recipients|destinatario|destinatarios}, {size}.',
  'plan.profile': 'Perfil {name}',
  'plan.amount':
    '{messages} {messages|mensaje|mensajes} a {recipients} {recipients|destinatario|destinatarios}, {size}; el mayor, {largest}',
  'plan.limits': 'Límites: {limits}',
  'plan.no-limit': 'Sin límite por minuto ni por día',
  'plan.per-minute': '{count} {count|mensaje|mensajes} por minuto',
  'plan.per-day': '{count} {count|destinatario|destinatarios} en 24 horas ({used} ya {used|usado|usados})',
  'plan.hold': 'Está detenido: {reason}. Espera a una persona.',
  'plan.hold-until': 'Está detenido hasta {until}: {reason}.',
  'plan.at-once': 'Sale todo en este envío.',
  'plan.now': 'ahora',
  'plan.times': 'El primero sale {first}; el último, como muy pronto: {last}.',
  'plan.waits.per-minute': 'Lo frena el límite por minuto; el envío espera y continúa solo.',
  'plan.waits.per-day': 'Lo frena el límite de 24 horas.',
  'plan.this-run':
    '{count} {count|destinatario sale|destinatarios salen} en este envío; {left} {left|queda|quedan} para los siguientes.',
  'plan.too-big': 'La orden {order} mide {size} y el perfil admite {most}: fallaría.',
  'plan.more-too-big': '… y {count} más (--detalle o --json {count|la|las} muestran)',
  'plan.no-way': 'el cliente no tiene dirección, o celular si es de WhatsApp',
  'plan.held': 'Retenidos: {count} ({reason})',
  'plan.unknown':
    '{count} {count|incierto: espera|inciertos: esperan} su decisión (cfdi-mail bandeja listar --estado incierto)',
  'plan.later': '{count} para más tarde; el primero, {at}',
  'plan.done': 'Lo último sale, como muy pronto: {at}.',
  'plan.sent-nothing': 'No se envió nada.',
} as const
