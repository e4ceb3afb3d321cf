import type { Document } from '../../src/corpus/document.ts';
import type { RelationRow } from '../../src/corpus/relationRows.ts';
import { pick, type Random } from '../../src/foundation/random.ts';

/**
 * Rows of two sentences in one, of which each states something about its pair: the gene of one and the disease of
 * the other are unrelated, the pair of one stays related. As many of each as `count`.
 */
export function recombine(stating: readonly Document[], count: number, random: Random): RelationRow[] {
  return Array.from({ length: count }).flatMap(() => {
    const [a, b, c, d] = [1, 2, 3, 4].map(() => pick(random, stating)) as [
      Document,
      Document,
      Document,
      Document,
    ];
    const related = [masked(c, ['Gene', 'Disease']), masked(d, [])];
    if (random() < 0.5) related.reverse();
    return [
      { text: joined([masked(a, ['Gene']), masked(b, ['Disease'])], random), label: '0' },
      { text: joined(related, random), label: '1' },
    ];
  });
}

/** The text with the mentions of some types masked. */
export function masked({ text, spans }: Document, types: readonly string[]): string {
  let result = '';
  let position = 0;
  for (const { start, end, label } of spans) {
    if (!types.includes(label)) continue;
    result += `${text.slice(position, start)}@${label.toUpperCase()}$`;
    position = end;
  }
  return result + text.slice(position);
}

function joined([first = '', second = '']: readonly string[], random: Random): string {
  const between = pick(random, ['; ', ', whereas ', ', and ', '. ']);
  // Masks and symbols keep their capitals.
  const isWord = between !== '. ' && /^\p{Lu}[^\p{Lu}\d]/u.test(second);
  const rest = isWord ? second.charAt(0).toLowerCase() + second.slice(1) : second;
  return first.replace(/[. ]+$/u, '') + between + rest;
}
