import type { ResultOf } from '../../core/model/result.ts'
import { replyRuleWords } from '../messages/reply-rules.ts'
import { stripControls } from './plain.ts'
import type { View } from './view.ts'

/** `outbox explain`: whose fault a reply is, what is done about it, and which rule says so. */
export const replyExplainedView: View<ResultOf<'reply-explained'>> = (result, { t, paint, language }) => {
  const { rule, note } = replyRuleWords(language, result)
  return [
    paint('bold', stripControls(result.reply)),
    t(WAITS_FOR_PERSON.includes(result.scope) ? 'explain.outcome.held' : `explain.outcome.${result.outcome}`),
    result.phase === 'whatsapp' && result.scope === 'recipient'
      ? t('explain.scope.number')
      : t(`explain.scope.${result.scope}`),
    '',
    ...(result.phase === 'whatsapp' ? [] : [t('explain.phase', { phase: t(`phase.${result.phase}`) })]),
    t('explain.rule', { rule }),
    ...(note === '' ? [] : [t('explain.source', { note })]),
  ].join('\n')
}

/** Time does not cure these: what waits goes once somebody has mended the account or the template. */
const WAITS_FOR_PERSON: readonly string[] = ['channel', 'template']
