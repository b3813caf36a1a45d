/** Faults inside one process, for what needs no death: the same points and errors as CFDI_FAULT. */
import { type Fault, type FaultSpec, parseFault } from '../../src/core/model/fault.ts'
import { armedFault } from '../../src/core/store/faults.ts'

export interface Armed {
  readonly fault: Fault
  /** Passages of the point so far. */
  readonly passages: () => number
  /** Strikes no more: the next run is an ordinary one. */
  readonly disarm: () => void
}

/** @param text `point:n:action`, without `kill` */
export function armed(text: string): Armed {
  const spec = parseFault(text) as FaultSpec
  const inner = armedFault(spec, {
    file: 'store.db',
    kill: () => {
      throw new Error('a test process does not kill itself')
    },
  })
  let passages = 0
  let active = true
  return {
    fault(point) {
      if (point === spec.point) passages++
      if (active) inner(point)
    },
    passages: () => passages,
    disarm() {
      active = false
    },
  }
}
