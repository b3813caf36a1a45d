import { existsSync, writeFileSync } from 'node:fs'
import { fileError } from './named-file.ts'

/** What `init` knows of the settings. */
export interface FirstSettings {
  readonly sources: readonly string[]
}

/**
 * Writes the commented settings file of a new store, into a folder that is there. One that is there is left as it is: it is
 * somebody's work.
 * @returns whether it was written
 * @throws NO_ACCESS, DISK_FULL
 */
export function writeSettingsFile(file: string, settings: FirstSettings): 'written' | 'kept' {
  try {
    writeFileSync(file, settingsText(settings), { mode: 0o600, flag: 'wx' })
    return 'written'
  } catch (error) {
    if (existsSync(file)) return 'kept'
    throw fileError(file, error, 'CANNOT_WRITE')
  }
}

/** Whether `writeSettingsFile` would leave things as they are. */
export function hasSettingsFile(file: string): boolean {
  return existsSync(file)
}

/** Both languages, because the file stays when its reader changes. JSON texts are YAML too, so paths are quoted that way. */
function settingsText({ sources }: FirstSettings): string {
  // A `sources:` with nothing below it would be null, which is no list.
  const list =
    sources.length === 0
      ? '# sources:\n#   - /srv/erp/cfdi'
      : `sources:\n${sources.map((source) => `  - ${JSON.stringify(source)}`).join('\n')}`
  return `# Configuración de cfdi-mail · Settings of cfdi-mail
# cfdi-mail doctor dice qué valor vale y de dónde viene · says which value holds and where it comes from

# Carpetas donde el sistema deja los XML timbrados y sus PDF · Folders with the stamped XML and their PDF
${list}

# Nombre que ven los clientes; si falta, el del emisor · Name that customers see; else the issuer's
# companyName: "Mi Empresa, S.A. de C.V."

# es | en: idioma de los mensajes en pantalla · language on the screen
# language: es

# Tipo de empaquetado de los clientes dados de alta en punto de venta (POS_CLI_CFD_EMP)
# Packaging type of customers created at a point of sale
# posPackagingType: GRAL

# Página donde los clientes entran al portal, y donde recuperan su contraseña (si falta: …/recuperar)
# Page where customers sign in to the portal, and where they recover their password (else: …/recuperar)
# portalUrl: https://facturas.example.com/portal
# portalRecoveryUrl: https://facturas.example.com/portal/recuperar

# A quién se avisa de lo que necesita a una persona, un correo por corrida (CFD_MAIL_ERR_MAIL)
# Who is told of what needs a person, one mail a run
# errorMail: sistemas@example.com

# Límites en bytes · Limits in bytes
# maxFileBytes: 10485760
# maxMessageBytes: 26214400
`
}
