import type { oauth as es } from '../es/oauth.ts'

export const oauth: Record<keyof typeof es, string> = {
  'command.profiles.sign-in':
    'Authorises a profile in a browser (OAuth2), or turns it from password to OAuth2',
  'command.secrets': 'Saved passwords and tokens, and the key that opens them',
  'command.secrets.check': 'Says which secrets open with the key of this machine; they are never shown',
  'command.secrets.rekey': 'Seals every secret under a new key',
  'flag.oauth': 'Signs in with OAuth2 instead of a password: google, microsoft or custom',
  'flag.grant':
    'refresh-token (a person consented) or client-credentials (the application has its own right)',
  'flag.client-id': 'Id of the application that is registered with the provider',
  'flag.client-secret-stdin': 'Reads the secret of the application from standard input',
  'flag.client-secret-ref': 'Where the secret is taken from each time: env:NAME, file:/path or cmd:program',
  'flag.refresh-token-stdin':
    'Reads a refresh token that was obtained elsewhere from standard input (with --client-secret-stdin, its second line)',
  'flag.tenant': 'Microsoft directory (tenant); usually organizations',
  'flag.scope': "Rights to ask for, when they are not the provider's usual ones",
  'flag.token-url': "Address that gives tokens, when it is not the provider's",
  'flag.device-url': "Address that gives the code to authorise with, when it is not the provider's",
  'flag.forget-old': 'Deletes the former key; what other companies or backups sealed with it is lost',

  'notice.device-code':
    'Open {url} in a browser, here or on another machine, and type the code {code}\nSign in with the account that sends. The code is good for {minutes} {minutes|minute|minutes}; waiting…',
  'signed-in.done': 'Profile {name} is authorised ({provider}).',
  'signed-in.until': 'The first permission lasts until {until}; it is renewed by itself.',
  'signed-in.next': 'Test it: cfdi-mail smtp-test {name}',

  'profiles.sign-in': 'Sign-in',
  'profiles.sign-in.oauth': 'OAuth2: {provider}, {grant}',
  'authority.google': 'Google',
  'authority.microsoft': 'Microsoft',
  'authority.custom': 'another server (custom)',
  'grant.refresh-token': 'a person consented',
  'grant.client-credentials': 'the application has its own permission',
  'profiles.client-id': 'Application',
  'profiles.tenant': 'Directory',
  'profiles.scope': 'Rights',
  'profiles.token-url': 'Tokens from',
  'profiles.consented': 'Authorised',

  'secrets.place': 'Secret',
  'secrets.key': 'Key',
  'secrets.state': 'State',
  'secrets.opens': 'opens',
  'secrets.shut': 'does not open ({problem})',
  'secrets.reference': 'reference, taken from elsewhere',
  'secrets.current': 'Key in use: {id}, in {file}',
  'secrets.no-key': 'There is no key yet: it is made when the first password is saved.',
  'secrets.none': 'There are no saved secrets.',
  'secrets.some-shut':
    'Not opening: {count}. Bring their key from the backup, or save the password again with cfdi-mail smtp-test PROFILE --save PROFILE, or authorise with cfdi-mail profiles sign-in PROFILE.',
  'secrets.rekeyed': 'Sealed anew: {count}, with key {id}, in {file}.',
  'secrets.former':
    'The former key stays in {file}: other companies of this machine and old backups need it.',
  'secrets.forgotten': 'The former key, {id}, was deleted.',
  'secrets.back-up': 'Back up the new key, apart from the data.',

  'cause.oauth-consent': 'the mail provider no longer takes the authorisation, or it was never given',
  'remedy.oauth-consent': 'Authorise again: cfdi-mail profiles sign-in PROFILE. No order is lost meanwhile.',
  'cause.oauth-client': 'the mail provider does not take the application',
  'remedy.oauth-client':
    'Check --client-id, --tenant, --scope and the secret of the application (those of Microsoft expire), and save them again. See docs/oauth.md.',
  'cause.oauth-refused': 'the mail server did not take the authorisation of that user',
  'remedy.oauth-refused':
    'Check that --user is the mailbox that consented and that authenticated SMTP is on for it; with client-credentials, that the application has permission on the mailbox. See docs/oauth.md.',
  'cause.oauth-unavailable': 'the address that gives permissions (OAuth2) does not answer',
  'remedy.oauth-unavailable': 'Check that this machine is on the Internet; it is tried again by itself.',
  'cause.secret-unreadable': 'the saved password or token cannot be opened',
  'remedy.secret-unreadable':
    'See which ones do not open with cfdi-mail secrets check; bring the key from your backup, or save the password again.',

  'error.NO_OAUTH': 'Profile {name} uses a password.',
  'hint.NO_OAUTH':
    'To turn it to OAuth2: cfdi-mail profiles sign-in {name} --oauth microsoft --client-id APPLICATION',
  'error.NO_REFRESH_TOKEN': 'Sending with {provider} is not authorised yet, and there is no terminal here.',
  'hint.NO_REFRESH_TOKEN': 'Pass a refresh token with --refresh-token-stdin, or do it from a terminal.',
  'error.NO_CLIENT_SECRET': 'The secret of application {client} is missing.',
  'hint.NO_CLIENT_SECRET': 'Pass it with --client-secret-stdin, or say where it is with --client-secret-ref.',
  'error.NO_DEVICE_CODE': 'There is no authorising with a code this way ({provider}).',
  'hint.NO_DEVICE_CODE':
    'Pass a refresh token with --refresh-token-stdin; with client-credentials nobody has to consent. See docs/oauth.md.',
  'error.CONSENT_REFUSED': 'The authorisation was not obtained: {detail}.',
  'hint.CONSENT_REFUSED':
    'Repeat the command and finish in the browser before the code expires. If the application is refused, see docs/oauth.md.',
  'error.KEY_INLINE': 'The key is in the variable CFDI_MAIL_KEY: it cannot be changed from here.',
  'hint.KEY_INLINE': 'Put it in a file (CFDI_MAIL_KEY_FILE) and remove the variable.',
}
