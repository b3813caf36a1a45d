import type { ResultOf } from '../../core/model/result.ts'
import { localTime } from './local-time.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

/** `secrets check`: every kept secret, the key that it needs, and whether it opens. */
export const secretsCheckedView: View<ResultOf<'secrets-checked'>> = (result, { t, paint, width }) => {
  const { key, secrets } = result
  const shut = secrets.filter(({ opens }) => opens === false).length
  const columns = [
    { title: t('secrets.place'), flexible: true },
    { title: t('secrets.key') },
    { title: t('secrets.state'), flexible: true },
  ] as const
  const rows = secrets.map(({ place, key: needed, opens, problem }) => [
    place,
    needed ?? '',
    opens === null
      ? t('secrets.reference')
      : opens
        ? t('secrets.opens')
        : t('secrets.shut', { problem: problem ?? '' }),
  ])
  return [
    key === null ? t('secrets.no-key') : t('secrets.current', key),
    ...(secrets.length === 0 ? [t('secrets.none')] : [table(columns, rows, width)]),
    ...(shut === 0 ? [] : [paint('bad', t('secrets.some-shut', { count: shut }))]),
  ].join('\n')
}

/** `secrets rekey`. */
export const rekeyedView: View<ResultOf<'rekeyed'>> = ({ key, former, forgotten, values }, { t }) =>
  [
    t('secrets.rekeyed', { count: values, id: key.id, file: key.file }),
    ...(former === null ? [] : [t(forgotten ? 'secrets.forgotten' : 'secrets.former', former)]),
    t('secrets.back-up'),
  ].join('\n')

/** `profiles sign-in`. */
export const signedInView: View<ResultOf<'signed-in'>> = ({ name, provider, expiresAt }, { t, language }) =>
  [
    t('signed-in.done', { name, provider: t(`authority.${provider}`) }),
    ...(expiresAt === null ? [] : [t('signed-in.until', { until: localTime(expiresAt, language) })]),
    t('signed-in.next', { name: stripControls(name) }),
  ].join('\n')
