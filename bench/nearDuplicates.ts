/**
 * `node --expose-gc bench/nearDuplicates.ts`: finding near-duplicates of each text among those before it, by
 * MinHash and by the exact index it replaced: time a text, memory, and how many of the exact index's finds
 * MinHash has. Texts are made up, or written by the offline provider.
 */
import { setImmediate } from 'node:timers/promises';
import { nearDuplicateIndex, type NearDuplicateIndex } from '../src/corpus/similarity/nearDuplicates.ts';
import { exactIndex } from './nearDuplicates/exactIndex.ts';
import { sentences } from './nearDuplicates/texts.ts';
import { templateTexts } from './nearDuplicates/templateTexts.ts';
import { printTable } from './table.ts';

const megabyte = 2 ** 20;

interface Figures {
  readonly microseconds: number;
  readonly lastMicroseconds: number;
  readonly megabytes: number;
  readonly found: ReadonlySet<number>;
}

const rows: string[][] = [];
const templates = await templateTexts(100_000);
await compare('made up', (size) => sentences(size, 1), [10_000, 100_000, 1_000_000], 100_000);
await compare('offline provider', (size) => templates.slice(0, size), [10_000, 100_000], 100_000);
printTable(['texts', 'µs a text', 'µs, last tenth', 'MB', 'finds', 'of the exact finds'], rows);

async function compare(
  name: string,
  texts: (size: number) => Iterable<string>,
  sizes: readonly number[],
  exactUpTo: number,
): Promise<void> {
  for (const size of sizes) {
    const ours = await run(nearDuplicateIndex(), texts(size), size);
    rows.push([...row(`${name}, ${size}`, ours), '']);
    if (size > exactUpTo) continue;
    const exact = await run(exactIndex(), texts(size), size);
    const both = [...exact.found].filter((index) => ours.found.has(index)).length;
    rows.push([...row('  peer: the exact index', exact), `${both} of ${exact.found.size}`]);
  }
}

/** Finds first, adds what is new, as a run does. Making the texts is not counted. */
async function run(index: NearDuplicateIndex, texts: Iterable<string>, size: number): Promise<Figures> {
  const found = new Set<number>();
  await collectGarbage();
  const before = usedBytes();
  const batch: string[] = [];
  let total = 0;
  let last = 0;
  let position = 0;
  const flush = (): void => {
    const begun = performance.now();
    for (const text of batch) {
      if (index.find(text) === undefined) index.add(text);
      else found.add(position);
      position++;
    }
    const took = performance.now() - begun;
    total += took;
    if (position > size * 0.9) last += took;
    batch.length = 0;
  };
  for (const text of texts) {
    batch.push(text);
    if (batch.length === size / 10) flush();
  }
  await collectGarbage();
  const megabytes = (usedBytes() - before) / megabyte;
  // The index is used once more here, so that the memory above is with it.
  index.find('');
  return {
    microseconds: (total * 1000) / size,
    lastMicroseconds: (last * 10_000) / size,
    megabytes,
    found,
  };
}

/** Array buffers are freed after the collection that found them unused. */
async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 2; round++) {
    globalThis.gc?.();
    await setImmediate();
  }
}

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function row(name: string, { microseconds, lastMicroseconds, megabytes, found }: Figures): string[] {
  return [name, microseconds.toFixed(1), lastMicroseconds.toFixed(1), megabytes.toFixed(0), `${found.size}`];
}
