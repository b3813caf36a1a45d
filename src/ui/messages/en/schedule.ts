/** Scheduled tasks: `schedule`. */
export const schedule = {
  'command.schedule': 'Scheduled tasks: have the system run cfdi-mail by itself',
  'command.schedule.install': 'Installs the scheduled task; doing it twice does not double it',
  'command.schedule.show': 'Shows what would be installed and what is',
  'command.schedule.remove': 'Takes out the scheduled task of cfdi-mail and nothing else',
  'flag.schedule.install.kind': 'systemd, cron or windows; if missing, the one of this machine',
  'flag.schedule.show.kind': 'systemd, cron or windows; if missing, the one of this machine',
  'flag.schedule.remove.kind': 'systemd, cron or windows; if missing, the one of this machine',
  'flag.resident': 'Starts with the machine and stays, instead of running every so often',
  'flag.send-only': 'Only sends what is due; packages nothing',
  'flag.schedule.install.user': 'For this user (the usual)',
  'flag.schedule.show.user': 'For this user (the usual)',
  'flag.schedule.remove.user': 'For this user (the usual)',
  'flag.system': 'For the whole machine; needs the rights of an administrator',
  'flag.run-as': 'Operating-system user that runs it, with --system',
  'flag.print': 'Only shows what would be installed',
  'flag.schedule.install.folder': 'Writes the files into this folder and activates nothing',

  'error.BAD_INTERVAL': '{scheduler} cannot run something every {every}.',
  'hint.BAD_INTERVAL':
    'With cron: minutes that divide the hour (1m, 5m, 10m, 15m, 30m) or hours that divide the day (1h, 2h, 6h, 24h). With windows: whole minutes.',
  'error.SCHEDULER_MISSING': '{program} is not on this machine.',
  'hint.SCHEDULER_MISSING':
    'Use another way (--kind systemd, cron or windows), install {program}, or do it by hand:\n\n{text}',
  'error.NEEDS_SYSTEM': '--run-as goes with --system: what is a user’s own runs as that user.',
  'hint.NEEDS_SYSTEM': 'Add --system (with systemd), or install it from that user’s account.',
  'error.SCHEDULER_REFUSED': '{command} refused: {detail}',
  'hint.SCHEDULER_REFUSED':
    'Mend the cause and repeat the command, use another way (--kind), or do it by hand:\n\n{text}',
  'error.SCHEDULE_FOREIGN': '{path} exists and was not written by cfdi-mail; it was left as it is.',
  'hint.SCHEDULE_FOREIGN': 'Move or delete it yourself if nobody needs it, and repeat the command.',

  'schedule.title': 'CFDI by mail',
  'schedule.title.timer': 'CFDI by mail, every so often',
  'schedule.installed': 'Scheduled with {scheduler}: {name}, {when}.',
  'schedule.written': 'Files written; nothing was activated.',
  'schedule.shown.none': 'With {scheduler} nothing is installed under the name {name}. This would be:',
  'schedule.shown.current': 'With {scheduler} {name} is installed, {when}, exactly so:',
  'schedule.shown.other':
    'With {scheduler} {name} is installed, by other options than those of this command:',
  'schedule.shown.wanted': 'By these it would be:',
  'schedule.removed': '{name} was taken out of {scheduler}.',
  'schedule.absent': 'With {scheduler} nothing was installed under the name {name}.',
  'schedule.when.every': 'every {every}',
  'schedule.when.resident': 'from the start of the machine',
  'schedule.command': 'Runs: {command}',
  'schedule.by-hand':
    'cfdi-mail schedule install, with these same options, installs it. By hand, once it is written:',
  'schedule.steps': 'What is left for you to run:',
} as const
