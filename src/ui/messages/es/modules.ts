/** Módulos: qué perfil envía lo de cada uno. */
export const modules = {
  'module.invoicing': 'facturación electrónica y pagos a proveedores',
  'module.collections': 'cobranza a clientes',
  'module.payroll': 'nómina',
  'module.portal': 'portal',
  'command.profiles.assign':
    'Hace que un perfil envíe lo de un módulo; lo de los demás sigue por el predeterminado',
  'command.profiles.unassign': 'Quita módulos a un perfil (sin --modulo, todos): vuelven al predeterminado',
  'flag.module': 'Para qué se usa: facturacion, cobranza, nomina o portal; varios con coma',
  'doctor.finding.module-profile': 'Módulo {module}: envía el perfil {name}.',
  'doctor.finding.module-held':
    'Módulo {module}: espera al perfil {name}, que está detenido. Cuando esté corregido: cfdi-mail probar-smtp {name}',
  'status.module': 'módulo {module}: perfil {profile}, envíos por salir ahora: {due}',
  'order.by-module': '{profile} (módulo {module})',
  'order.by-default': '{profile} (el predeterminado)',
} as const
