import type { store as es } from '../es/store.ts'

/** Backup, restoring and adopting the store; error notices; redirected mail. */
export const store: Record<keyof typeof es, string> = {
  'command.backup': 'Copies the store and the snapshots of what was packaged into a folder; without the key',
  'command.restore': 'Fills an empty data folder from a backup; it sends nothing until it is adopted',
  'command.store': 'The data store',
  'command.store.adopt': 'Adopts a store that was copied, moved or restored: what was still to go is held',
  'argument.folder': 'Folder of the backup',
  'flag.redirect-to':
    'Trial: sends what is due to this one address and changes no state (10 at the most, or --limit)',
  'flag.notices': 'The error notices, which no other list shows',

  'progress.backup': 'Copying… {done}',
  'progress.backup.of': 'Copying… {done} of {total}',

  'error.FOLDER_NOT_EMPTY': 'Something is in the folder {folder} already; nothing is written over.',
  'hint.FOLDER_NOT_EMPTY': 'Name a new or an empty folder.',
  'error.STORE_NOT_ADOPTED': 'This store sends nothing yet: {strange}.',
  'hint.STORE_NOT_ADOPTED':
    'If these are the right data: cfdi-mail store adopt. What was still to go is then held for you to look at.',

  'strange.backup': 'it comes from a backup',
  'strange.other-machine': 'it was used on another machine',
  'strange.other-folder': 'it was used in another folder',
  'strange.replaced': 'the data folder was put back or copied',
  'strange.older': 'it is older than the one last used here',

  'backup.done':
    'Backup complete in {folder}: store and {snapshots} packaged {snapshots|file|files} ({size} MB).',
  'backup.missing':
    '{count} packaged {count|file that the store names is|files that the store names are} missing or damaged:',
  'backup.companies':
    'The data of other companies are NOT in it: {companies}. Back up each into a folder of its own, with --company.',
  'backup.key': 'ATTENTION! The key that opens the passwords is NOT in the backup. Keep it apart.',
  'backup.key-place': 'The key {id} is in: {file}',
  'backup.key-none': 'There is no key yet: no password is stored with one.',

  'restore.done': 'Backup {from} put into {folder}, with {snapshots} packaged {snapshots|file|files}.',
  'restore.damaged':
    '{count} {count|file of the backup is damaged and was|files of the backup are damaged and were} left out:',
  'restore.adopt': 'It sends nothing until you adopt it: cfdi-mail store adopt',
  'restore.key': 'Its passwords open only with the key of then, which is not in the backup.',

  'adopt.home': 'This store belongs to {folder} already; nothing was changed.',
  'adopt.done': 'The store belongs to {folder} now ({reason}).',
  'adopt.former': 'Before: {former}. Do not send from both places.',
  'adopt.none': 'Nothing was left to go.',
  'adopt.held':
    '{deliveries} {deliveries|delivery|deliveries} of {orders} {orders|order is|orders are} held now: {deliveries|it|they} may have gone out already.',
  'adopt.next':
    'See them with cfdi-mail outbox list --state held; cfdi-mail outbox release ORDER lets them go.',

  'column.notice': 'Notice',
  'column.matters': 'Matters',
  'notices.none': 'There are no error notices.',

  'redirected.none': 'Nothing is due: no message was sent.',
  'redirected.count': '{count} {count|message|messages} sent to {to} and to nobody else.',
  'redirected.unchanged': 'It was a trial: everything is due as before.',
}
