import type {
  OnnxAttribute,
  OnnxDimension,
  OnnxDtype,
  OnnxModel,
  OnnxTensor,
} from '../../model/onnx/graphTypes.ts';
import type { Value } from './value.ts';

/** The first version with LayerNormalization. */
const opset = 17;

/** An input of an operator, and a function that computes its gradient from that of the output. */
export type GradientRule = readonly [input: Value, rule: (gradient: Value) => Value];

/** One use of an operator, recorded for `backward`. */
export interface Step {
  readonly output: Value;
  readonly rules: readonly GradientRule[];
}

interface Node {
  readonly op: string;
  readonly domain: string | undefined;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

interface NodeOptions {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  readonly dtype?: OnnxDtype;
  readonly domain?: string;
}

type ConstantData = Float32Array | BigInt64Array;

/**
 * A graph under construction. Operators append nodes and usually rules for their gradients, which `backward` applies.
 * An identical node is created only once, so gradient rules may repeat a common part.
 */
export class Graph {
  /** Whether only standard ONNX operators may be used, so that every ONNX runtime can run the graph. */
  readonly portable: boolean;
  readonly #ids = new Map<Value, number>();
  readonly #nodes: Node[] = [];
  readonly #made = new Map<string, readonly Value[]>();
  readonly #inputs = new Map<string, Value>();
  readonly #outputs = new Map<string, Value>();
  readonly #constants = new Map<Value, ConstantData>();
  readonly #names = new Map<Value, string>();
  readonly #steps: Step[] = [];

  constructor(options: { readonly portable: boolean }) {
    this.portable = options.portable;
  }

  /** An input of the graph; `trained` if its gradient is needed. */
  input(name: string, dtype: OnnxDtype, shape: readonly OnnxDimension[], trained = false): Value {
    const value = this.#value(dtype, shape, trained);
    this.#inputs.set(name, value);
    this.#names.set(value, name);
    return value;
  }

  /** A named constant: a weight that is part of the model. The data is kept by reference. */
  weight(name: string, shape: readonly number[], data: Float32Array): Value {
    const value = this.#value('float32', shape, false);
    this.#constants.set(value, data);
    this.#names.set(value, name);
    return value;
  }

  scalar(number: number): Value {
    return this.floats([number], []);
  }

  floats(numbers: readonly number[], shape: readonly number[] = [numbers.length]): Value {
    return this.#constant('float32', shape, Float32Array.from(numbers));
  }

  integers(numbers: readonly number[], shape: readonly number[] = [numbers.length]): Value {
    return this.#constant('int64', shape, BigInt64Array.from(numbers, BigInt));
  }

  /** An operator with one output. It has no gradient unless `differentiate` gives one. */
  node(
    op: string,
    inputs: readonly Value[],
    shape: readonly OnnxDimension[],
    options: NodeOptions = {},
  ): Value {
    return this.nodes(op, inputs, [shape], options)[0] as Value;
  }

  /** An operator with one output per shape. */
  nodes(
    op: string,
    inputs: readonly Value[],
    shapes: readonly (readonly OnnxDimension[])[],
    { attributes = {}, dtype = 'float32', domain }: NodeOptions = {},
  ): readonly Value[] {
    const key = JSON.stringify([op, domain, attributes, inputs.map((value) => this.#ids.get(value)), shapes]);
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const differentiable = inputs.some((value) => value.differentiable);
    const outputs = shapes.map((shape) => this.#value(dtype, shape, differentiable));
    this.#nodes.push({ op, domain, attributes, inputs, outputs });
    this.#made.set(key, outputs);
    return outputs;
  }

  /** Adds the rules for the gradients of the inputs of `output`. Returns `output`. */
  differentiate(output: Value, rules: readonly GradientRule[]): Value {
    this.#steps.push({ output, rules });
    return output;
  }

  /** The operators with gradients, in the order in which they run. */
  get steps(): readonly Step[] {
    return this.#steps;
  }

  output(name: string, value: Value): void {
    const named = this.#names.has(value) ? this.node('Identity', [value], value.shape) : value;
    this.#outputs.set(name, named);
    this.#names.set(named, name);
  }

  model(name: string): OnnxModel {
    return {
      name,
      opset,
      nodes: this.#nodes.map(({ op, domain, attributes, inputs, outputs }) => ({
        op,
        inputs: inputs.map((value) => this.#name(value)),
        outputs: outputs.map((value) => this.#name(value)),
        attributes,
        ...(domain === undefined ? {} : { domain }),
      })),
      inputs: this.#describe(this.#inputs),
      outputs: this.#describe(this.#outputs),
      initializers: [...this.#constants].map(([value, data]) => this.#tensor(value, data)),
    };
  }

  #value(dtype: OnnxDtype, shape: readonly OnnxDimension[], differentiable: boolean): Value {
    const value = { dtype, shape, differentiable };
    this.#ids.set(value, this.#ids.size);
    return value;
  }

  #constant(dtype: 'float32' | 'int64', shape: readonly number[], data: ConstantData): Value {
    const key = `${dtype} [${shape.join()}] ${data.join()}`;
    const made = this.#made.get(key)?.[0];
    if (made !== undefined) return made;
    const value = this.#value(dtype, shape, false);
    this.#constants.set(value, data);
    this.#made.set(key, [value]);
    return value;
  }

  #name(value: Value): string {
    return this.#names.get(value) ?? `value_${this.#ids.get(value)}`;
  }

  #describe(values: ReadonlyMap<string, Value>) {
    return [...values].map(([name, { dtype, shape }]) => ({ name, dtype, shape }));
  }

  #tensor(value: Value, data: ConstantData): OnnxTensor {
    const name = this.#name(value);
    const shape = value.shape as readonly number[];
    return data instanceof Float32Array
      ? { name, shape, dtype: 'float32', data }
      : { name, shape, dtype: 'int64', data };
  }
}
