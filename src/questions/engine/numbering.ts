import type { RequestEntry } from '../../runs/ledgerEntry.ts';
import type { LedgerState } from '../../runs/ledgerState.ts';

/** A request by its index, and the numbers of its questions, which count from 0 over all batches. */
export interface NumberedRequest {
  readonly index: number;
  readonly questions: readonly number[];
}

/** Which questions belong to which request. */
export interface Numbering<Q> {
  /** All questions by number. */
  readonly all: readonly Q[];
  readonly numbersOf: (request: Pick<RequestEntry, 'index' | 'questions'>) => readonly number[];
  readonly questionsAt: (numbers: readonly number[]) => readonly Q[];
  /** The requests that are still to be sent: first lost ones, then parts, then new batches. */
  readonly left: (state: Pick<LedgerState, 'open' | 'owed' | 'lastPart' | 'nextIndex'>) => NumberedRequest[];
}

export function numberQuestions<Q>(batches: readonly (readonly Q[])[]): Numbering<Q> {
  const all = batches.flat();
  let total = 0;
  const ofBatch = batches.map(({ length }) => {
    total += length;
    return Array.from({ length }, (_, position) => total - length + position);
  });
  const numbersOf: Numbering<Q>['numbersOf'] = ({ index, questions }) => questions ?? ofBatch[index] ?? [];
  return {
    all,
    numbersOf,
    questionsAt: (numbers) => numbers.map((number) => all[number] as Q),
    left: ({ open, owed, lastPart, nextIndex }) => [
      ...open.map((request) => ({ index: request.index, questions: numbersOf(request) })),
      ...owed.map((questions, position) => ({ index: lastPart - 1 - position, questions })),
      ...ofBatch.flatMap((questions, index) => (index < nextIndex ? [] : [{ index, questions }])),
    ],
  };
}

export function sizeOf(requests: readonly Pick<NumberedRequest, 'questions'>[]): number {
  return requests.reduce((sum, { questions }) => sum + questions.length, 0);
}
