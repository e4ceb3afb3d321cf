import { batchByLength } from '../../src/model/lengthBatches.ts';
import type { Precision } from '../../src/model/folder.ts';
import type { Reply } from '../lineServer.ts';

/** A way to run the model: a program, what to ask it for all sentences, for one, and for a long text. */
export interface Side {
  readonly name: string;
  readonly precision: Precision;
  /** Relative to `bench/`. */
  readonly file: string;
  readonly all: Reply;
  readonly one?: Reply;
  readonly text?: (text: string) => Reply;
}

/** About, in English biomedical text. */
const piecesPerWord = 1.5;
const firstNote = 'She was treated for breast cancer and type 2 diabetes mellitus .';

/** All ways to run one of the model's graphs on the sentences of a BIO file; ours is the first. */
export function sidesOf(
  model: string,
  precision: Precision,
  file: string,
  sentences: readonly (readonly string[])[],
): readonly Side[] {
  const common = { model, precision };
  const texts = sentences.map((words) => words.join(' '));
  const peer = (how: string, batches: readonly (readonly (string | undefined)[])[]): Side => ({
    name: `transformers.js, ${how}`,
    precision,
    file: 'infer/transformersJs.ts',
    all: { ...common, batches },
  });
  const byLength = batchByLength(sentences.map((words) => words.length * piecesPerWord));
  return [
    {
      name: 'ours',
      precision,
      file: 'infer/engine.ts',
      all: { ...common, file },
      one: { ...common, text: firstNote },
      text: (text) => ({ ...common, text }),
    },
    {
      name: 'ours, the graph alone',
      precision,
      file: 'infer/engine.ts',
      all: { ...common, file, graphAlone: true },
    },
    {
      name: 'ONNX Runtime for Python',
      precision,
      file: 'python/infer.py',
      all: { ...common, sentences },
      one: { ...common, sentences: [firstNote.split(' ')] },
    },
    {
      ...peer(
        'a sentence a call',
        texts.map((text) => [text]),
      ),
      one: { ...common, batches: [[firstNote]] },
    },
    peer(
      'our batches of like length',
      byLength.map((batch) => batch.map((i) => texts[i])),
    ),
    peer('lists of 16 as they come', inFileOrder(texts, 16)),
    peer('lists of 32 as they come', inFileOrder(texts, 32)),
  ];
}

function inFileOrder(texts: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, i) =>
    texts.slice(i * size, (i + 1) * size),
  );
}
