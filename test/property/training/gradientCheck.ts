import { InferenceSession, Tensor } from 'onnxruntime-node';
import { gaussian, type Random } from '../../../src/foundation/random.ts';
import { encodeOnnx } from '../../../src/model/onnx/encode.ts';
import { backward } from '../../../src/training/graph/backward.ts';
import { Graph } from '../../../src/training/graph/graph.ts';
import { multiplyNode } from '../../../src/training/graph/nodes.ts';
import type { Value } from '../../../src/training/graph/value.ts';

interface Operator<Name extends string> {
  /** Shapes of the inputs to be differentiated, by name. */
  readonly inputs: Readonly<Record<Name, readonly number[]>>;
  /** Builds the operator on them. A scalar is the loss itself; of other results a weighted sum is taken. */
  readonly build: (graph: Graph, inputs: Readonly<Record<Name, Value>>) => Value;
}

/**
 * The largest difference between the graph's derivative and the measured one, as a share of the gradient's
 * length, over the inputs. Each input is moved along its own gradient, where the slope is the length.
 */
export async function gradientError<Name extends string>(
  { inputs, build }: Operator<Name>,
  random: Random,
): Promise<number> {
  const session = await makeSession({ inputs, build }, random);
  const values = new Map(
    Object.entries<readonly number[]>(inputs).map(([name, shape]) => [
      name,
      { shape, data: normals(sizeOf(shape), random) },
    ]),
  );
  const run = async () => {
    const feeds = [...values].map(
      ([name, { shape, data }]) => [name, new Tensor('float32', data, shape)] as const,
    );
    return session.run(Object.fromEntries(feeds));
  };
  const loss = async (): Promise<number> => (await run())['loss']?.data[0] as number;
  const first = await run();
  let worst = 0;
  for (const [name, { data }] of values) {
    const gradient = Float32Array.from(first[`d ${name}`]?.data as Float32Array);
    const length = Math.hypot(...gradient);
    const direction = gradient.map((x) => (length === 0 ? 1 / Math.sqrt(gradient.length) : x / length));
    const start = data.slice();
    // Far enough for single precision to see, near enough to be straight: cancels errors of second order.
    const reach = 2e-3;
    const at = async (distance: number): Promise<number> => {
      for (const [i, x] of start.entries()) data[i] = x + distance * (direction[i] as number);
      return loss();
    };
    const slope =
      (8 * ((await at(reach)) - (await at(-reach))) - ((await at(2 * reach)) - (await at(-2 * reach)))) /
      (12 * reach);
    data.set(start);
    worst = Math.max(worst, Math.abs(slope - length) / Math.max(length, 1));
  }
  await session.release();
  return worst;
}

function normals(count: number, random: Random): Float32Array {
  return Float32Array.from({ length: count }, () => gaussian(random));
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

async function makeSession<Name extends string>(
  { inputs, build }: Operator<Name>,
  random: Random,
): Promise<InferenceSession> {
  const graph = new Graph({ portable: false });
  const values = Object.fromEntries(
    Object.entries<readonly number[]>(inputs).map(([name, shape]) => [
      name,
      graph.input(name, 'float32', shape, true),
    ]),
  ) as Record<Name, Value>;
  const result = build(graph, values);
  const loss = result.shape.length === 0 ? result : weightedSum(graph, result, random);
  const gradients = backward(graph, loss);
  graph.output('loss', loss);
  for (const [name, value] of Object.entries<Value>(values))
    graph.output(`d ${name}`, gradients.get(value) as Value);
  return InferenceSession.create(encodeOnnx(graph.model('check')), {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
  });
}

function weightedSum(graph: Graph, result: Value, random: Random): Value {
  const shape = result.shape as readonly number[];
  const weights = graph.floats([...normals(sizeOf(shape), random)], shape);
  const sum = graph.node('ReduceSum', [multiplyNode(graph, result, weights)], [], {
    attributes: { keepdims: { int: 0 } },
  });
  return graph.differentiate(sum, [[result, (dy) => multiplyNode(graph, weights, dy)]]);
}
