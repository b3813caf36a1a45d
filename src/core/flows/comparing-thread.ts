/** A thread that compares a folder with the index for another one: an entry of its own, started by compare-beside.ts. */
import { answerTasks } from '../cfdi/second-thread.ts'
import { openReadOnly } from '../store/read-only.ts'
import { type Compared, compareFolder } from './compare-folder.ts'

/** What it is started with. */
export interface ComparingData {
  /** Path of the store. */
  readonly store: string
  readonly folder: string
}

/** What it is asked, again and again. */
export type ComparingTask = 'more'

/** What it answers: the steps in their order; `over` behind the last. */
export type ComparingAnswer = Compared | 'over'

answerTasks(({ store, folder }: ComparingData) => {
  const steps = compareFolder(openReadOnly(store), folder)
  return (_task: ComparingTask): ComparingAnswer => {
    const step = steps.next()
    return step.done === true ? 'over' : step.value
  }
})
