/** Tareas programadas: `schedule`. */
export const schedule = {
  'command.schedule': 'Tareas programadas: que el sistema ejecute cfdi-mail por sí solo',
  'command.schedule.install': 'Instala la tarea programada; repetirla no la duplica',
  'command.schedule.show': 'Muestra lo que se instalaría y lo que está instalado',
  'command.schedule.remove': 'Quita la tarea programada de cfdi-mail y nada más',
  'flag.schedule.install.kind': 'systemd, cron o windows; si falta, el de esta máquina',
  'flag.schedule.show.kind': 'systemd, cron o windows; si falta, el de esta máquina',
  'flag.schedule.remove.kind': 'systemd, cron o windows; si falta, el de esta máquina',
  'flag.resident': 'Se inicia con la máquina y se queda, en lugar de ejecutarse cada cierto tiempo',
  'flag.send-only': 'Solo envía lo pendiente; no empaqueta',
  'flag.schedule.install.user': 'Para este usuario (lo normal)',
  'flag.schedule.show.user': 'Para este usuario (lo normal)',
  'flag.schedule.remove.user': 'Para este usuario (lo normal)',
  'flag.system': 'Para toda la máquina; pide permisos de administrador',
  'flag.run-as': 'Usuario del sistema que lo ejecuta, con --sistema',
  'flag.print': 'Solo muestra lo que se instalaría',
  'flag.schedule.install.folder': 'Escribe los archivos en esta carpeta y no activa nada',

  'error.BAD_INTERVAL': '{scheduler} no puede ejecutar algo cada {every}.',
  'hint.BAD_INTERVAL':
    'Con cron: minutos que dividan la hora (1m, 5m, 10m, 15m, 30m) u horas que dividan el día (1h, 2h, 6h, 24h). Con windows: minutos enteros.',
  'error.SCHEDULER_MISSING': 'No se encuentra {program} en esta máquina.',
  'hint.SCHEDULER_MISSING':
    'Use otro medio (--medio systemd, cron o windows), instale {program}, o hágalo a mano:\n\n{text}',
  'error.NEEDS_SYSTEM':
    '--ejecutar-como es solo para --sistema: lo propio de un usuario corre como ese usuario.',
  'hint.NEEDS_SYSTEM': 'Agregue --sistema (con systemd), o instálelo desde la cuenta de ese usuario.',
  'error.SCHEDULER_REFUSED': '{command} no quiso: {detail}',
  'hint.SCHEDULER_REFUSED':
    'Corrija la causa y repita la orden, use otro medio (--medio), o hágalo a mano:\n\n{text}',
  'error.SCHEDULE_FOREIGN': '{path} ya existe y no lo escribió cfdi-mail; se dejó como está.',
  'hint.SCHEDULE_FOREIGN': 'Muévalo o bórrelo usted si ya no hace falta, y repita la orden.',

  'schedule.title': 'CFDI por correo',
  'schedule.title.timer': 'CFDI por correo, cada cierto tiempo',
  'schedule.installed': 'Programado con {scheduler}: {name}, {when}.',
  'schedule.written': 'Archivos escritos; no se activó nada.',
  'schedule.shown.none': 'Con {scheduler} no hay nada instalado bajo el nombre {name}. Se instalaría:',
  'schedule.shown.current': 'Con {scheduler} está instalado {name}, {when}, tal cual:',
  'schedule.shown.other': 'Con {scheduler} está instalado {name}, con otras opciones que las de esta orden:',
  'schedule.shown.wanted': 'Con estas sería:',
  'schedule.removed': 'Se quitó {name} de {scheduler}.',
  'schedule.absent': 'Con {scheduler} no había nada instalado bajo el nombre {name}.',
  'schedule.when.every': 'cada {every}',
  'schedule.when.resident': 'desde que inicia la máquina',
  'schedule.command': 'Ejecuta: {command}',
  'schedule.by-hand':
    'Lo instala cfdi-mail programar instalar, con estas mismas opciones. A mano, después de escribirlo:',
  'schedule.steps': 'Falta que usted ejecute:',
} as const
