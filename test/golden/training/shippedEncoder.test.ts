import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tensor } from 'onnxruntime-node';
import type { InferenceSession } from 'onnxruntime-node';
import { seededRandom } from '../../../src/foundation/random.ts';
import { readModelConfig } from '../../../src/model/folder.ts';
import { encodeOnnx } from '../../../src/model/onnx/encode.ts';
import { createSession } from '../../../src/model/session.ts';
import { makeBatch } from '../../../src/training/batches.ts';
import { loadCheckpoint } from '../../../src/training/checkpoint.ts';
import { Embeddings } from '../../../src/training/embeddings.ts';
import { batchShape, encoder } from '../../../src/training/encoder.ts';
import { Graph } from '../../../src/training/graph/graph.ts';
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
    const layout = layoutParameters(config, { kind: 'tokens', labels: 2 });
    const values = new Float32Array(layout.size);
    const embeddings = new Embeddings(config, 256);
    await loadCheckpoint(base, config, { layout, values, tables: embeddings.tables }, seededRandom(1));

    const graph = new Graph({ portable: true });
    const embedded = graph.input('embedded', 'float32', ['batch', 'length', config.hiddenSize]);
    const attentionMask = graph.input('attention_mask', 'int64', ['batch', 'length']);
    const parameters = new Map(layout.parameters.map((parameter) => [parameter.name, parameter]));
    const building = {
      graph,
      config,
      batch: batchShape(graph, attentionMask),
      mask: () => undefined,
      weight(name: string) {
        const { shape = [], offset = 0, size = 0 } = parameters.get(name) ?? {};
        return graph.weight(name, shape, values.subarray(offset, offset + size));
      },
    };
    graph.output('hidden', encoder(building, embedded, attentionMask));
    session = await createSession(encodeOnnx(graph.model('encoder')), { threads: 1 });

    // All sentences as one batch, so that padding is put to the test too.
    const batch = makeBatch(
      golden.cases.map(({ ids }) => ({ ids, labels: [0] })),
      'sequence',
      0,
    );
    const input = new Float32Array(batch.ids.length * config.hiddenSize);
    embeddings.gather(batch, input);
    const shape = [batch.sequences, batch.length];
    const results = await session.run({
      embedded: new Tensor('float32', input, [...shape, config.hiddenSize]),
      attention_mask: new Tensor('int64', batch.attentionMask, shape),
    });
    const states = results['hidden']?.data as Float32Array;
    hidden = golden.cases.map((_, i) =>
      states.subarray(i * batch.length * config.hiddenSize, (i + 1) * batch.length * config.hiddenSize),
    );
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
