import { Tensor } from 'onnxruntime-node';
import { UserError } from '../foundation/userError.ts';
import { adamwKernel, floatMemory, maximumFloats } from './kernel/adamw.ts';
import { adamwStep, type Update } from './optimizer.ts';
import type { Layout, Parameter } from './parameters.ts';

/** All weights except the embeddings, with their gradients and moments, in one memory. */
export interface FlatWeights {
  readonly values: Float32Array;
  /** A view of the two moving means of the optimiser. */
  readonly moments: Float32Array;
  /** Views of the weights by name, as inputs of a graph. */
  readonly feeds: Readonly<Record<string, Tensor>>;
  /** The tensor into which the graph writes the gradient of a parameter. */
  gradientTensor(parameter: Parameter): Tensor;
  /** Sum of the squares of all gradients. */
  squaredNorm(): number;
  /** Adds the gradients to those put aside before. */
  putAside(): void;
  /** Adds all that was put aside to the gradients. */
  takeBack(): void;
  update(update: Update): void;
}

/** Throws `UserError` if the model is too large for the memory. */
export function flatWeights({ parameters, size }: Layout): FlatWeights {
  if (size * 4 > maximumFloats) {
    throw new UserError(
      'The encoder is too large to be trained: its training would need more than 4 GiB in one block.',
      {
        nextStep: 'Choose a base-size encoder, or a smaller one.',
      },
    );
  }
  const { memory, floats } = floatMemory(size * 4);
  const kernel = adamwKernel(memory);
  const regions = { weight: 0, gradient: size, mean: 2 * size, square: 3 * size };
  const gradients = floats.subarray(regions.gradient, regions.gradient + size);
  let aside: Float32Array | undefined;
  const tensor = ({ shape, offset, size: count }: Parameter, region: number): Tensor =>
    new Tensor('float32', floats.subarray(region + offset, region + offset + count), shape);
  return {
    values: floats.subarray(0, size),
    moments: floats.subarray(regions.mean, regions.mean + 2 * size),
    feeds: Object.fromEntries(
      parameters.map((parameter) => [parameter.name, tensor(parameter, regions.weight)]),
    ),
    gradientTensor: (parameter) => tensor(parameter, regions.gradient),
    squaredNorm: () => kernel.squaredNorm(regions.gradient, size),
    putAside() {
      aside ??= new Float32Array(size);
      addTo(aside, gradients);
    },
    takeBack() {
      if (aside === undefined) return;
      addTo(gradients, aside);
      aside.fill(0);
    },
    update(update) {
      const steps = { decaying: adamwStep(update, true), kept: adamwStep(update, false) };
      for (const { offset, size: count, decays, frozen } of parameters) {
        if (frozen) continue;
        const places = {
          weight: regions.weight + offset,
          gradient: regions.gradient + offset,
          mean: regions.mean + offset,
          square: regions.square + offset,
        };
        // The gap after a parameter is zero in all regions and stays zero.
        kernel.adamw(places, Math.ceil(count / 4) * 4, decays ? steps.decaying : steps.kept);
      }
    },
  };
}

function addTo(target: Float32Array, more: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + (more[i] as number);
}
