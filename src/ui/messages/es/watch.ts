/** Empaquetado automático: `watch`. */
export const watch = {
  'command.watch': 'Vigila las carpetas: empaqueta solo lo que aparece y, con --enviar, también lo envía',
  'flag.watch.source': 'Carpeta que vigila; se puede repetir. Si falta, las de la configuración',
  'flag.watch.from': 'Deja como está lo expedido antes de este día, AAAA-MM-DD',
  'flag.watch.send': 'También envía: al empaquetar algo y cada cierto tiempo (--cada)',
  'flag.watch.every': 'Cada cuánto envía con --enviar (5m); sin --enviar, cada cuánto repasa las carpetas',
  'flag.once': 'Una sola vuelta, y termina: para cron o el Programador de tareas',
  'flag.rescan': 'Cada cuánto repasa las carpetas aunque nada avise, por ejemplo las de red (1m)',
  'flag.settle': 'Cuánto debe estar quieto un archivo para darlo por completo (2s)',
  'flag.pdf-wait': 'Cuánto espera al PDF, o a que un XML a medias se complete (2m)',

  'error.WATCH_RUNNING': 'Ya hay un vigilar en marcha con estos datos; este se retira.',
  'hint.WATCH_RUNNING':
    'Solo puede haber uno por empresa. Si debe empezar de nuevo, termine antes el otro; para otra empresa use --empresa.',

  'watched.started':
    'Vigilando {sources}. Lo que ya estaba: {queued} en la bandeja de salida, {waiting} en espera, {blocked} que no {blocked|puede|pueden} salir.',
  'watched.looked':
    'Carpetas: {sources}. En la bandeja de salida: {queued} más; en espera: {waiting}; no pueden salir: {blocked}.',
  'watched.started.blocked':
    'Por qué no pueden salir: cfdi-mail documentos listar --malos, o cfdi-mail empaquetar --todo --simular',
  'watched.started.by-hand':
    'No {count|sale solo|salen solos} (ajustes-documento): {count}. Para enviar{count|lo|los}: cfdi-mail empaquetar',
  'watched.by-hand': '{at}  espera  {document}  {customer}  {reason}',
  'watched.packaged': '{at}  empaquetado  {documents}  {customer}  {recipients}',
  'watched.filed': '{at}  en carpeta  {document}  {customer}  {file}',
  'watched.held': '{at}  retenido  {documents}  {customer}  {why}',
  'watched.held.no-number': 'sin celular: cfdi-mail clientes cambiar {customer} --celular …',
  'watched.held.no-address': 'sin dirección: cfdi-mail clientes cambiar {customer} --correo …',
  'watched.held.quarantine': 'dirección que rebota: {addresses}',
  'watched.not-packaged': '{at}  no sale  {document}  {customer}  {reason}',
  'watched.source-lost': '{at}  no está la carpeta {source}; se sigue esperando',
  'watched.source-unmounted':
    '{at}  la carpeta {source} quedó vacía: se desmontó su disco o unidad de red; se sigue esperando y nada se olvidó',
  'watched.source-back': '{at}  volvió la carpeta {source}',
  'watched.paused.package': '{at}  no se pudo empaquetar; se intenta otra vez. {why}',
  'watched.paused.import': '{at}  no se pudieron leer las órdenes de envío; se intenta otra vez. {why}',
  'watched.paused.send': '{at}  no se pudo enviar; se intenta otra vez. {why}',
  'watched.resumed.package': '{at}  otra vez se puede empaquetar',
  'watched.resumed.import': '{at}  otra vez se leen las órdenes de envío',
  'watched.resumed.send': '{at}  otra vez se puede enviar',
} as const
