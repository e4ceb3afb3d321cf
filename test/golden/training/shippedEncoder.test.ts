import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { seededRandom } from '../../../src/foundation/random.ts';
import { readModelConfig } from '../../../src/model/folder.ts';
import { encodeOnnx } from '../../../src/model/onnx/encode.ts';
import { createSession } from '../../../src/model/session.ts';
import { loadCheckpoint } from '../../../src/training/checkpoint.ts';
import { type EmbeddingTables, encoderGraph } from '../../../src/training/inferenceGraph.ts';
import { layoutParameters } from '../../../src/training/parameters.ts';

const root = path.join(import.meta.dirname, '../../..');
const base = path.join(root, 'models/all-MiniLM-L6-v2');

interface GoldenStates {
  readonly tolerance: { readonly original: number; readonly shipped: number };
  readonly cases: readonly ({ readonly ids: readonly number[] } & Readonly<
    Record<
      'original' | 'shipped',
      { readonly hidden: readonly (readonly number[])[]; readonly norms: readonly number[] }
    >
  >)[];
}

describe('the shipped encoder in our graph has PyTorch’s hidden states', () => {
  let golden: GoldenStates;
  let hidden: Float32Array[];
  let session: InferenceSession;

  beforeAll(async () => {
    golden = JSON.parse(
      await readFile(path.join(root, 'test/golden/data/model/encoder.json'), 'utf8'),
    ) as GoldenStates;
    const config = await readModelConfig(base);
    const { hiddenSize: width, vocabSize, typeVocabSize, maxPositions, firstPosition } = config;
    const layout = layoutParameters(config, { kind: 'tokens', labels: 2 });
    const values = new Float32Array(layout.size);
    const tables: EmbeddingTables = {
      word: new Float32Array(vocabSize * width),
      position: new Float32Array((firstPosition + maxPositions) * width),
      tokenType: new Float32Array(typeVocabSize * width),
    };
    await loadCheckpoint(base, config, { layout, values, tables }, seededRandom(1));
    session = await createSession(encodeOnnx(encoderGraph(config, layout, values, tables)), { threads: 1 });

    // All sentences as one batch, so that padding is put to the test too.
    const length = Math.max(...golden.cases.map(({ ids }) => ids.length));
    const padded = (inRow: (ids: readonly number[]) => readonly number[]): Tensor =>
      new Tensor(
        'int64',
        BigInt64Array.from(
          golden.cases.flatMap(({ ids }) => [...inRow(ids), ...Array<number>(length - ids.length).fill(0)]),
          BigInt,
        ),
        [golden.cases.length, length],
      );
    const results = await session.run({
      input_ids: padded((ids) => ids),
      attention_mask: padded((ids) => ids.map(() => 1)),
      token_type_ids: padded((ids) => ids.map(() => 0)),
    });
    const states = results['hidden']?.data as Float32Array;
    hidden = golden.cases.map((_, i) => states.subarray(i * length * width, (i + 1) * length * width));
  }, 60_000);
  afterAll(() => session.release());

  test.each(['shipped', 'original'] as const)('of the %s weights', (weights) => {
    const tolerance = golden.tolerance[weights];
    for (const [i, golds] of golden.cases.entries()) {
      const width = 384;
      for (const [token, wanted] of golds[weights].hidden.entries()) {
        const row = (hidden[i] as Float32Array).subarray(token * width, (token + 1) * width);
        for (const [j, value] of wanted.entries()) {
          expect(Math.abs((row[j] as number) - value)).toBeLessThan(tolerance);
        }
        const norm = Math.hypot(...row);
        expect(Math.abs(norm - (golds[weights].norms[token] as number))).toBeLessThan(2 * tolerance);
      }
    }
  });
});
