/** Automatic packaging: `watch`. */
export const watch = {
  'command.watch': 'Watches the folders: packages by itself what appears and, with --send, sends it too',
  'flag.watch.source': 'Folder to watch; may be repeated. If missing, those of the settings',
  'flag.watch.from': 'Leaves alone what was issued before this day, YYYY-MM-DD',
  'flag.watch.send': 'Sends too: after packaging something, and every so often (--every)',
  'flag.watch.every':
    'How often it sends with --send (5m); without --send, how often it looks through the folders',
  'flag.once': 'One turn only, and ends: for cron or the Task Scheduler',
  'flag.rescan':
    'How often it looks through the folders though nothing stirs, network shares for example (1m)',
  'flag.settle': 'How long a file has to be still to be taken for complete (2s)',
  'flag.pdf-wait': 'How long it waits for the PDF, or for the rest of a half-written XML (2m)',

  'error.WATCH_RUNNING': 'A watch is already running on this data; this one leaves.',
  'hint.WATCH_RUNNING':
    'There can be only one a company. End the other one first if it has to start anew; for another company use --company.',

  'watched.started':
    'Watching {sources}. What was there already: {queued} queued, {waiting} waiting, {blocked} that cannot leave.',
  'watched.looked': 'Folders: {sources}. Queued: {queued} more; waiting: {waiting}; cannot leave: {blocked}.',
  'watched.started.blocked':
    'Why they cannot leave: cfdi-mail documents list --bad, or cfdi-mail package --all --dry-run',
  'watched.started.by-hand':
    '{count|Does|Do} not go by {count|itself|themselves} (document-settings): {count}. To send {count|it|them}: cfdi-mail package',
  'watched.by-hand': '{at}  waits  {document}  {customer}  {reason}',
  'watched.packaged': '{at}  packaged  {documents}  {customer}  {recipients}',
  'watched.filed': '{at}  in folder  {document}  {customer}  {file}',
  'watched.held': '{at}  held  {documents}  {customer}  {why}',
  'watched.held.no-number': 'no mobile number: cfdi-mail customers set {customer} --mobile …',
  'watched.held.no-address': 'no address: cfdi-mail customers set {customer} --email …',
  'watched.held.quarantine': 'address that bounces: {addresses}',
  'watched.not-packaged': '{at}  cannot leave  {document}  {customer}  {reason}',
  'watched.source-lost': '{at}  the folder {source} is not there; it is waited for',
  'watched.source-unmounted':
    '{at}  the folder {source} is empty: its disk or share was unmounted; it is waited for, and nothing was forgotten',
  'watched.source-back': '{at}  the folder {source} is back',
  'watched.paused.package': '{at}  could not package; it is tried again. {why}',
  'watched.paused.import': '{at}  could not read the order files; it is tried again. {why}',
  'watched.paused.send': '{at}  could not send; it is tried again. {why}',
  'watched.resumed.package': '{at}  it can package again',
  'watched.resumed.import': '{at}  it can read the order files again',
  'watched.resumed.send': '{at}  it can send again',
} as const
