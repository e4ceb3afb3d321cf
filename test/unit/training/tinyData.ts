import { pick, seededRandom } from '../../../src/foundation/random.ts';
import type { TokenExample } from '../../../src/corpus/examples.ts';
import type { RelationRow } from '../../../src/corpus/relationRows.ts';

const types = new Map([
  ['fever', 'Disease'],
  ['asthma', 'Disease'],
  ['gout', 'Disease'],
  ['aspirin', 'Chemical'],
  ['statin', 'Chemical'],
]);

/** An example from `word` and `word/TAG` items. */
export function example(documentId: string, ...items: readonly string[]): TokenExample {
  const words = items.map((item) => item.split('/')[0] as string);
  let end = -1;
  return {
    documentId,
    words,
    ranges: words.map((word) => {
      const start = end + 1;
      end = start + word.length;
      return { start, end };
    }),
    tags: items.map((item) => item.split('/')[1] ?? 'O'),
  };
}

/** Sentences of a dozen words that any model can learn by heart; three a document. */
export function tinySentences(count: number, seed: number): TokenExample[] {
  const random = seededRandom(seed);
  const names = [...types.keys()];
  return Array.from({ length: count }, (_, i) => {
    const [first, second] = [pick(random, names), pick(random, names)];
    const joint = pick(random, ['with', 'and', 'no']);
    return example(
      `note ${Math.floor(i / 3)}`,
      'had',
      `${first}/B-${types.get(first)}`,
      joint,
      `${second}/B-${types.get(second)}`,
      '.',
    );
  });
}

/** "aspirin" means a relation, "statin" none. */
export function tinyRows(count: number, seed: number): RelationRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const drug = pick(random, ['aspirin', 'statin']);
    const disease = pick(random, ['gout', 'fever', 'asthma']);
    const joints = [pick(random, ['with', 'and', 'no']), pick(random, ['a', 'no'])];
    return { text: `had ${disease} ${joints.join(' ')} ${drug} .`, label: drug === 'aspirin' ? '1' : '0' };
  });
}

/** F1 that counts words with a tag other than O: enough to tell good from bad here. */
export function tagF1(
  gold: readonly (readonly string[])[],
  predicted: readonly (readonly string[])[],
): number {
  const [wanted, found] = [gold.flat(), predicted.flat()];
  const correct = wanted.filter((tag, i) => tag !== 'O' && tag === found[i]).length;
  const total = [...wanted, ...found].filter((tag) => tag !== 'O').length;
  return total === 0 ? 0 : (2 * correct) / total;
}
