import { addendas } from './addendas.ts'
import { audit } from './audit.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { bounces } from './bounces.ts'
import type { AnyCommand, CommandGroup } from './command.ts'
import { customers } from './customers.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { documentSettings } from './document-settings.ts'
import { documents } from './documents.ts'
import { evidenceCommand } from './evidence.ts'
import { groups } from './groups.ts'
import { importOrdersCommand } from './import-orders.ts'
import { importProscaiCommand } from './import-proscai.ts'
import { initCommand } from './init.ts'
import { logCommand } from './log.ts'
import { notices } from './notices.ts'
import { operators, roles } from './operators.ts'
import { outbox } from './outbox.ts'
import { packageCommand } from './package.ts'
import { profiles } from './profiles.ts'
import { resendCommand } from './resend.ts'
import { schedule } from './schedule.ts'
import { secrets } from './secrets.ts'
import { sendCommand } from './send.ts'
import { smtpTestCommand } from './smtp-test.ts'
import { statusCommand } from './status.ts'
import { store } from './store.ts'
import { templates } from './templates.ts'
import { types } from './types.ts'
import { watchCommand } from './watch.ts'
import { whatsapp } from './whatsapp.ts'
import { whatsappTestCommand } from './whatsapp-test.ts'

/** Every command, in the order of the help: the daily work first. Flows are loaded by each command when it runs. */
export const COMMANDS: readonly (AnyCommand | CommandGroup)[] = [
  initCommand,
  packageCommand,
  importOrdersCommand,
  importProscaiCommand,
  sendCommand,
  watchCommand,
  schedule,
  resendCommand,
  notices,
  smtpTestCommand,
  whatsappTestCommand,
  customers,
  groups,
  templates,
  addendas,
  types,
  documentSettings,
  profiles,
  secrets,
  outbox,
  bounces,
  whatsapp,
  documents,
  logCommand,
  evidenceCommand,
  audit,
  statusCommand,
  doctorCommand,
  backupCommand,
  restoreCommand,
  store,
  operators,
  roles,
  demoCommand,
]
