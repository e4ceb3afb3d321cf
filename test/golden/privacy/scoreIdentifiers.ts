import { parseInlineTags } from '../../../src/corpus/tagged/inlineTags.ts';
import { safeHarborKinds, type IdentifierKind } from '../../../src/privacy/identifierKinds.ts';
import { findIdentifiers } from '../../../src/privacy/identifiers.ts';

interface KindScore {
  readonly labelled: number;
  /** Fraction of the labelled identifiers that were found, as any kind or as their own; 1 if none is labelled. */
  readonly recall: number;
  readonly kindRecall: number;
  readonly reported: number;
  /** Fraction of the reported findings that overlap a labelled identifier; 1 if none is reported. */
  readonly precision: number;
}

interface Fault {
  readonly what: 'missed' | 'wrong';
  readonly kind: string;
  readonly line: number;
  readonly text: string;
}

/** Scores the scan on lines with tagged identifiers, ignoring blank lines and those that begin with "#". */
export function scoreIdentifiers(source: string) {
  const kindNames = Object.keys(safeHarborKinds) as IdentifierKind[];
  const counts = new Map(
    kindNames.map((kind) => [kind, { labelled: 0, found: 0, asKind: 0, reported: 0, right: 0 }]),
  );
  const faults: Fault[] = [];
  for (const [index, line] of source.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const parsed = parseInlineTags(line, kindNames);
    if (!parsed.ok) throw new Error(`line ${index + 1}: ${parsed.detail}`);
    const found = findIdentifiers(parsed.text);
    const excerpt = (range: { start: number; end: number }): string =>
      `${parsed.text.slice(range.start, range.end)} | ${parsed.text}`;
    for (const mention of parsed.mentions) {
      const count = counts.get(mention.label as IdentifierKind);
      if (count === undefined) continue;
      const overlapping = found.filter(({ start, end }) => start < mention.end && mention.start < end);
      count.labelled++;
      if (overlapping.length > 0) count.found++;
      else faults.push({ what: 'missed', kind: mention.label, line: index + 1, text: excerpt(mention) });
      if (overlapping.some(({ kind }) => kind === mention.label)) count.asKind++;
    }
    for (const finding of found) {
      const count = counts.get(finding.kind);
      if (count === undefined) continue;
      count.reported++;
      if (parsed.mentions.some(({ start, end }) => start < finding.end && finding.start < end)) count.right++;
      else faults.push({ what: 'wrong', kind: finding.kind, line: index + 1, text: excerpt(finding) });
    }
  }
  const all = { labelled: 0, found: 0, asKind: 0, reported: 0, right: 0 };
  for (const count of counts.values()) {
    for (const key of Object.keys(all) as (keyof typeof all)[]) all[key] += count[key];
  }
  return {
    kinds: [...counts].map(([kind, count]) => [kind, score(count)] as const),
    all: score(all),
    faults,
  };
}

function score(count: {
  labelled: number;
  found: number;
  asKind: number;
  reported: number;
  right: number;
}): KindScore {
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  return {
    labelled: count.labelled,
    recall: share(count.found, count.labelled),
    kindRecall: share(count.asKind, count.labelled),
    reported: count.reported,
    precision: share(count.right, count.reported),
  };
}
