import { quantizeRows, transposed } from './quantizedRows.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from './graphTypes.ts';

type FloatTensor = Extract<OnnxTensor, { readonly dtype: 'float32' }>;

/** The nodes that replace one node, and their constants. */
interface Replacement {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
}

/** TensorProto.DataType of float32. */
const float32 = 1;

/**
 * Converts a model to 8-bit weights, with standard ONNX operators. Weights are symmetric, with one scale per output (in
 * tables: per row). Activations get one scale per tensor each time the model runs (dynamic quantisation), so the result
 * of a row depends slightly on the other rows of its batch.
 *
 * Only the weight `[out, in]` of a `Gemm` with transB and a bias, and the table of a `Gather` along the first axis, are
 * converted, unless `keep` is true for them.
 */
export function quantizeModel(model: OnnxModel, keep: (weight: string) => boolean): OnnxModel {
  const matrices = new Map(
    model.initializers.flatMap((tensor) =>
      tensor.dtype === 'float32' && tensor.shape.length === 2 && !keep(tensor.name)
        ? [[tensor.name, tensor] as const]
        : [],
    ),
  );
  const replaced = model.nodes.map((node): Replacement => {
    const weight = matrices.get(node.inputs[weightPlace(node)] ?? '');
    if (weight === undefined) return { nodes: [node], initializers: [] };
    return node.op === 'Gemm' ? product(node, weight) : lookup(node, weight);
  });
  const nodes = replaced.flatMap((part) => part.nodes);
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return {
    ...model,
    nodes,
    initializers: [
      ...model.initializers.filter(({ name }) => used.has(name)),
      ...replaced.flatMap((part) => part.initializers),
    ],
  };
}

/** The index of the input that is the weight to quantise; -1 if there is none. */
function weightPlace({ op, inputs, attributes = {} }: OnnxNode): number {
  if (op === 'Gather' && attributes['axis'] === undefined) return 0;
  const { transB, ...others } = attributes;
  const isPlain = transB !== undefined && 'int' in transB && transB.int === 1;
  return op === 'Gemm' && inputs.length === 3 && isPlain && Object.keys(others).length === 0 ? 1 : -1;
}

/** ONNX Runtime fuses these into one operator (DynamicQuantizeMatMul) when it loads the model. */
function product(node: OnnxNode, weight: FloatTensor): Replacement {
  const [rows, columns] = weight.shape as readonly [number, number];
  const [x, , bias] = node.inputs as readonly [string, string, string];
  const [y] = node.outputs as readonly [string];
  const { values, scales } = quantizeRows(weight.data, columns);
  const name = (part: string): string => `${y} ${part}`;
  const [input, inputScale, inputZero] = [name('input'), name('input scale'), name('input zero point')];
  const [integers, weightScale] = [`${weight.name} int8`, `${weight.name} scale`];
  return {
    nodes: [
      { op: 'DynamicQuantizeLinear', inputs: [x], outputs: [input, inputScale, inputZero] },
      { op: 'MatMulInteger', inputs: [input, integers, inputZero], outputs: [name('sum')] },
      {
        op: 'Cast',
        inputs: [name('sum')],
        outputs: [name('float sum')],
        attributes: { to: { int: float32 } },
      },
      { op: 'Mul', inputs: [inputScale, weightScale], outputs: [name('scale')] },
      { op: 'Mul', inputs: [name('float sum'), name('scale')], outputs: [name('product')] },
      { op: 'Add', inputs: [name('product'), bias], outputs: [y] },
    ],
    initializers: [
      {
        name: integers,
        dtype: 'int8',
        shape: [columns, rows],
        data: transposed(values, columns),
      },
      { name: weightScale, dtype: 'float32', shape: [rows], data: scales },
    ],
  };
}

/** Looks up the integers and the scales of rows, and multiplies them. */
function lookup(node: OnnxNode, table: FloatTensor): Replacement {
  const [rows, columns] = table.shape as readonly [number, number];
  const [, ids] = node.inputs as readonly [string, string];
  const [y] = node.outputs as readonly [string];
  const { values, scales } = quantizeRows(table.data, columns);
  const name = (part: string): string => `${y} ${part}`;
  const [integers, scale] = [`${table.name} int8`, `${table.name} scale`];
  return {
    nodes: [
      { op: 'Gather', inputs: [integers, ids], outputs: [name('integers')] },
      { op: 'Gather', inputs: [scale, ids], outputs: [name('scale')] },
      {
        op: 'Cast',
        inputs: [name('integers')],
        outputs: [name('floats')],
        attributes: { to: { int: float32 } },
      },
      { op: 'Mul', inputs: [name('floats'), name('scale')], outputs: [y] },
    ],
    initializers: [
      { name: integers, dtype: 'int8', shape: [rows, columns], data: values },
      { name: scale, dtype: 'float32', shape: [rows, 1], data: scales },
    ],
  };
}
