import type { CfdiKind } from '../../core/model/cfdi.ts'
import type { PaperKind } from '../../core/model/paper.ts'
import type { ExplainedSetting, ToldSwitch, ToldText } from '../../core/model/explain-settings.ts'
import type { ResultOf } from '../../core/model/result.ts'
import { stripControls } from './plain.ts'
import { type Column, table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `document-settings`: a line for each kind and class of which something is said. */
export const documentSettingsView: View<ResultOf<'document-settings'>> = ({ settings }, { t, width }) => {
  if (settings.length === 0) return t('document-settings.none')
  const said = (value: boolean | null) =>
    value === null ? '' : t(value ? 'document-settings.yes' : 'document-settings.no')
  return table(
    columns(t),
    settings.map(({ kind, customerClass, enabled, automatic, subject, body }) => [
      kindName(kind, t),
      className(customerClass, t),
      said(enabled),
      said(automatic),
      subject ?? '',
      firstLine(body ?? ''),
    ]),
    width,
  )
}

/** What the settings come to, with where each part comes from; [] when nothing is said. */
export function explainedSettingLines(
  settings: readonly ExplainedSetting[],
  { t, width, paint }: ViewContext,
): string[] {
  if (settings.length === 0) return []
  const rows = settings.map(({ kind, customerClass, enabled, automatic, subject, body }) => [
    ...[kindName(kind, t), className(customerClass, t), toldSwitch(enabled, t), toldSwitch(automatic, t)],
    ...[toldText(subject, t), toldText(body, t)],
  ])
  return ['', paint('bold', t('document-settings.title')), table(columns(t), rows, width)]
}

type Translate = ViewContext['t']

function columns(t: Translate): Column[] {
  return [
    { title: t('document-settings.kind') },
    { title: t('document-settings.class'), flexible: true },
    { title: t('document-settings.enabled') },
    { title: t('document-settings.automatic') },
    { title: t('document-settings.subject'), flexible: true },
    { title: t('document-settings.body'), flexible: true },
  ]
}

function toldSwitch({ value, from }: ToldSwitch, t: Translate): string {
  const word = t(value ? 'document-settings.yes' : 'document-settings.no')
  return from === 'usual' ? word : `${word} (${t(`document-settings.from.${from}`)})`
}

/** The source first: what stands at the end of a cell may be cut. */
function toldText({ from, text, template }: ToldText, t: Translate): string {
  return `${t(`document-settings.from.${from}`)}: ${firstLine(text ?? template)}`
}

function className(customerClass: string, t: Translate): string {
  return customerClass === '' ? t('document-settings.all') : customerClass
}

function kindName(kind: ExplainedSetting['kind'], t: Translate): string {
  return kind.length === 1 ? `${kind} ${t(`kind.${kind as CfdiKind}`)}` : t(`paper.${kind as PaperKind}`)
}

function firstLine(text: string): string {
  return stripControls(text.split('\n')[0] ?? '')
}
