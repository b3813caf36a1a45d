import type { ResultOf } from '../../core/model/result.ts'
import { localTime } from './local-time.ts'
import { factLines, holdLines, ratesText, stateOf, unknownText } from './profiles.ts'
import { testText } from './smtp-test.ts'
import type { View } from './view.ts'

/** `whatsapp-test`: each step, the verdict, and what to do when it failed. */
export const whatsappTestView: View<ResultOf<'whatsapp-test'>> = (result, context) =>
  testText(`WhatsApp ${result.phoneId}, ${result.baseUrl}`, result, context)

/** `profiles show` of a WhatsApp profile. */
export const whatsappProfileView: View<ResultOf<'whatsapp-profile'>> = ({ profile }, context) => {
  const { t, paint, language } = context
  const { name, phoneId, accountId, baseUrl, version, token, template, templateLanguage, fields } = profile
  const { testedAt, pairSeconds } = profile
  const lines: readonly (readonly [string, string])[] = [
    [t('profiles.channel'), 'WhatsApp'],
    [t('whatsapp.phone-id'), phoneId],
    [t('whatsapp.account-id'), accountId],
    [t('profiles.server'), `${baseUrl}/${version}`],
    [t('whatsapp.token'), t(`token.${token}`)],
    [t('whatsapp.template'), `${template} (${templateLanguage})`],
    [t('whatsapp.fields'), fields.map((field, i) => `{{${i + 1}}} ${field}`).join(', ')],
    [
      t('profiles.limits'),
      [ratesText(profile, context), t('whatsapp.pair', { seconds: pairSeconds })].filter(Boolean).join('; '),
    ],
    [t('profiles.unknown'), unknownText(profile, context)],
    [t('profiles.tested'), testedAt === null ? t('profiles.never') : localTime(testedAt, language)],
    [t('profiles.state'), stateOf(profile, context)],
  ]
  return [
    paint('bold', profile.isDefault ? t('profiles.default', { name }) : name),
    ...factLines(lines),
    ...holdLines(profile, context),
  ].join('\n')
}
