import type { ResultOf } from '../../core/model/result.ts'
import type { ShadowComparison } from '../../core/model/results/proscai.ts'
import { customersImportedView } from './customer-reports.ts'
import { ordersImportedView, reasonKey } from './order-files.ts'
import { stripControls } from './plain.ts'
import type { View, ViewContext } from './view.ts'

/** What `import-proscai` did, part by part. */
export const proscaiImportedView: View<ResultOf<'proscai-imported'>> = (result, context) => {
  const { customers, orders, shadow } = result
  return [
    ...(customers === null ? [] : [customersImportedView(customers, context)]),
    ...(orders === null ? [] : [ordersImportedView(orders, context)]),
    ...(shadow === null ? [] : [shadowText(shadow, context)]),
  ].join('\n\n')
}

function shadowText({ orders, totals, folder }: ShadowComparison, { t, paint }: ViewContext): string {
  const lines = orders.flatMap(({ file, customer, reason, detail, differences }) => [
    ...(reason === null
      ? []
      : [
          `  ${paint('bold', stripControls(file))}: ${t(reasonKey(reason))} ${stripControls(detail)}`.trimEnd(),
        ]),
    ...differences.flatMap(({ field, theirs, ours }, i) => [
      ...(i === 0 ? [`  ${paint('bold', stripControls(file))} ${customer ?? ''}`.trimEnd()] : []),
      `    ${t(`shadow.${field}`)}`,
      `      ${t('shadow.theirs')}: ${stripControls(theirs)}`,
      `      ${t('shadow.ours')}: ${stripControls(ours)}`,
    ]),
  ])
  return [...lines, t('shadow.totals', { ...totals, folder })].join('\n')
}
