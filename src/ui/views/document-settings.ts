import type { ResultOf } from '../../core/model/result.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

/** `document-settings`: a line for each kind and class of which something is said. */
export const documentSettingsView: View<ResultOf<'document-settings'>> = ({ settings }, { t, width }) => {
  if (settings.length === 0) return t('document-settings.none')
  const said = (value: boolean | null) =>
    value === null ? '' : t(value ? 'document-settings.yes' : 'document-settings.no')
  return table(
    [
      { title: t('document-settings.kind') },
      { title: t('document-settings.class'), flexible: true },
      { title: t('document-settings.enabled') },
      { title: t('document-settings.automatic') },
      { title: t('document-settings.subject'), flexible: true },
      { title: t('document-settings.body'), flexible: true },
    ],
    settings.map(({ kind, customerClass, enabled, automatic, subject, body }) => [
      kind,
      customerClass === '' ? t('document-settings.all') : stripControls(customerClass),
      said(enabled),
      said(automatic),
      stripControls(subject ?? ''),
      stripControls((body ?? '').split('\n')[0] ?? ''),
    ]),
    width,
  )
}
