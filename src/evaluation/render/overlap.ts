import type { ReportError } from '../report.ts';

/** Words of an error, and which sides marked them. */
export interface MarkedPart {
  readonly text: string;
  readonly gold: boolean;
  readonly predicted: boolean;
}

/**
 * The words that gold and prediction marked, each word once: those of one side, those of both, those of one side again. A
 * report has the words of each side and the range of both together, from which their overlap follows.
 */
export function markedParts({ gold, predicted, start, end }: ReportError): readonly MarkedPart[] {
  if (gold === undefined || predicted === undefined) {
    const text = (gold ?? predicted)?.text ?? '';
    return [{ text, gold: gold !== undefined, predicted: predicted !== undefined }];
  }
  const [a, b] = [gold.text, predicted.text];
  if (a === b) return [{ text: a, gold: true, predicted: true }];
  return (
    within(a, b, 'gold') ??
    within(b, a, 'predicted') ??
    chained(a, b, 'gold', end - start) ??
    chained(b, a, 'predicted', end - start) ?? [
      { text: `${a} `, gold: true, predicted: false },
      { text: b, gold: false, predicted: true },
    ]
  );
}

type Side = 'gold' | 'predicted';

function part(text: string, side: Side | 'both'): MarkedPart[] {
  return text === '' ? [] : [{ text, gold: side !== 'predicted', predicted: side !== 'gold' }];
}

/** `outer`, marked by `side`, holds `inner`, which the other side marked. */
function within(outer: string, inner: string, side: Side): MarkedPart[] | undefined {
  const at = outer.indexOf(inner);
  if (at === -1) return undefined;
  return [
    ...part(outer.slice(0, at), side),
    ...part(inner, 'both'),
    ...part(outer.slice(at + inner.length), side),
  ];
}

/** `first`, marked by `side`, ends with what `second` begins with. `length` is that of both together, if no blank is lost. */
function chained(first: string, second: string, side: Side, length: number): MarkedPart[] | undefined {
  const exact = first.length + second.length - length;
  const candidates = [exact, ...Array.from({ length: second.length }, (_, i) => second.length - i)];
  const shared = candidates.find(
    (count) => count > 0 && count < second.length && first.endsWith(second.slice(0, count)),
  );
  if (shared === undefined) return undefined;
  return [
    ...part(first.slice(0, first.length - shared), side),
    ...part(second.slice(0, shared), 'both'),
    ...part(second.slice(shared), side === 'gold' ? 'predicted' : 'gold'),
  ];
}
