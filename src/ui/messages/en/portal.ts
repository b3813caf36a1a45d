import type { portal as es } from '../es/portal.ts'

export const portal: Record<keyof typeof es, string> = {
  'command.customers.access': "A customer's way into the portal: shows it, or changes user and password",
  'flag.customers.access.user':
    'User for the portal; unless changed it is the RFC or, where that is taken, the code',
  'flag.customers.access.password-stdin':
    'The password is the first line of standard input; only its hash is kept',
  'flag.customers.access.reset': 'Forgets the password: the next mail with the access brings a new one',
  'flag.portal-access':
    'The mails say how to enter the portal: off, with (together with the files) or instead (of the files)',

  'portal.user': 'User',
  'portal.password': 'Password',
  'portal.password.none': 'none; the next mail with the access brings the first one',
  'portal.password.first': 'the first one, made by the program',
  'portal.password.own': 'set by hand',
  'portal.pending': 'To be sent in order',
  'portal.since': 'Since',
  'portal.page': 'Portal',
  'portal.no-page': 'no address: put portalUrl in the settings',

  'types.portal-access': 'Portal access',
  'types.portal-access.off': 'not in the mail',
  'types.portal-access.with': 'together with the files',
  'types.portal-access.instead': 'instead of the files',
  'types.portal-access-law':
    'The law asks to deliver the XML or to put it at the customer’s disposal (CFF art. 29, V): with "instead" that holds only if it can be downloaded from the portal as soon as the mail arrives. The safe way is --portal-access with.',
  'types.portal-access-body':
    'The text of this type has neither @@nickname_asociado nor @@url_ingresar_kiosko: the mail will not say how to enter. Add them, or take the text away with --body "".',
  'types.portal-access-body.instead':
    'The text of this type has no @@url_ingresar_kiosko: without files and without the page of the portal its mails do not go. Add it, or take the text away with --body "".',

  'reason.no-portal-url': 'its mail says how to enter the portal, and portalUrl is missing in the settings',
  'reason.no-portal-text':
    'its mail goes without files and its text does not say where the portal is: put @@url_ingresar_kiosko into it (document-settings, types set or templates), or leave the built-in one',
  'error.PORTAL_UNSAID': 'The mail would go without files and without saying where the portal is.',
  'hint.PORTAL_UNSAID':
    'Put @@url_ingresar_kiosko into the text of the type {type}, of its template or of document-settings.',
  'doctor.finding.portal-url-missing':
    'Packaging {count|type|types} {types} {count|mails|mail} portal access and there is no address: put portalUrl in {file}.',
  'doctor.finding.portal-ready': 'Mails give access to {url}.',
  'event.portal-access-given': 'portal access given',
  'event.portal-access-saved': 'portal access changed',
  'expected.url': 'an address that begins with https:// or http://',
  'problem.password-in-subject': 'the password cannot be in the subject: lists and notifications show it',

  'field.portalUser': "the customer's user in the portal",
  'field.portalPassword': 'first password, only in the mail that brings it; empty afterwards',
  'field.portalUrl': 'page to sign in to the portal; may stand in href="…"',
  'field.portalRecoveryUrl': 'page to ask for another password; may stand in href="…"',

  'error.CHOOSE_PASSWORD': 'You asked to set a password and to take it away.',
  'hint.CHOOSE_PASSWORD': 'Use --password-stdin or --reset, not both.',
  'error.BAD_PORTAL_ACCESS.user': '"{value}" does not do as a user of the portal.',
  'hint.BAD_PORTAL_ACCESS.user': '3 to 60 letters, digits and the signs . _ - & @, no spaces.',
  'error.BAD_PORTAL_ACCESS.taken': 'The user {value} is customer {owner}’s.',
  'hint.BAD_PORTAL_ACCESS.taken':
    'Choose another with --user; the access of {owner}: cfdi-mail customers access {owner}',
  'error.BAD_PORTAL_ACCESS.password': 'The password must have {least} to {most} characters.',
  'hint.BAD_PORTAL_ACCESS.password': 'Write it on the first line of standard input.',
  'error.BAD_PORTAL_ACCESS': 'The portal access does not do.',
}
