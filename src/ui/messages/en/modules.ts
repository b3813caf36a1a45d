import type { modules as es } from '../es/modules.ts'

export const modules: Record<keyof typeof es, string> = {
  'module.invoicing': 'electronic invoicing and payments to suppliers',
  'module.collections': 'collections from customers',
  'module.payroll': 'payroll',
  'module.portal': 'portal',
  'command.profiles.assign':
    'Makes a profile send what is of a module; the rest still goes by the default one',
  'command.profiles.unassign':
    'Takes modules from a profile (all without --module): they go by the default one again',
  'flag.module': 'What it is used for: invoicing, collections, payroll or portal; several with commas',
  'doctor.finding.module-profile': 'Module {module}: profile {name} sends it.',
  'doctor.finding.module-held':
    'Module {module} waits for profile {name}, which is on hold. Once it is put right: cfdi-mail smtp-test {name}',
  'status.module': 'module {module}: profile {profile}, deliveries due now: {due}',
  'order.by-module': '{profile} (module {module})',
  'order.by-default': '{profile} (the default one)',
}
