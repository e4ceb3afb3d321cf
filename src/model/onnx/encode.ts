import { elementCount } from '../floats.ts';
import {
  bytesField,
  floatField,
  intField,
  joinMessage,
  type Message,
  messageField,
  messagePieces,
  stringField,
} from './protobuf.ts';
import type {
  OnnxAttribute,
  OnnxDimension,
  OnnxDtype,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  ValueInfo,
} from './graphTypes.ts';

/** Protobuf's limit for one message. */
const maximumBytes = 2 ** 31 - 1;

/** The ONNX file version that goes with opset 18 (ONNX 1.13, ONNX Runtime 1.14). */
const irVersion = 8;

/** TensorProto.DataType. */
const elementTypes: Readonly<Record<OnnxDtype, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
};

/** AttributeProto.AttributeType. */
const attributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** The bytes of an `.onnx` file. Throws as `encodeOnnxPieces` does. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  return joinMessage(modelMessage(model));
}

/**
 * An `.onnx` file in pieces, for writing: weights are not copied. Throws `RangeError` if a tensor's data and
 * shape disagree, or the model is over protobuf's 2 GiB.
 */
export function encodeOnnxPieces(model: OnnxModel): Iterable<Uint8Array> {
  return messagePieces(modelMessage(model));
}

/** Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
function modelMessage(model: OnnxModel): Message {
  const domains = new Set(model.nodes.flatMap(({ domain }) => (domain === undefined ? [] : [domain])));
  const message = [
    ...intField(1, irVersion),
    ...stringField(2, 'chartmark'),
    ...messageField(7, graph(model)),
    ...messageField(8, intField(2, model.opset)),
    ...[...domains].flatMap((domain) => messageField(8, [...stringField(1, domain), ...intField(2, 1)])),
  ];
  const bytes = message.reduce((sum, part) => sum + part.byteLength, 0);
  if (bytes > maximumBytes) throw new RangeError(`an ONNX file has at most 2 GiB, not ${bytes} bytes`);
  return message;
}

function graph(model: OnnxModel): Message {
  return [
    ...model.nodes.flatMap((node, index) => messageField(1, nodeMessage(node, index))),
    ...stringField(2, model.name),
    ...model.initializers.flatMap((tensor) => messageField(5, tensorMessage(tensor))),
    ...model.inputs.flatMap((input) => messageField(11, valueInfo(input))),
    ...model.outputs.flatMap((output) => messageField(12, valueInfo(output))),
  ];
}

function nodeMessage(node: OnnxNode, index: number): Message {
  return [
    ...node.inputs.flatMap((name) => stringField(1, name)),
    ...node.outputs.flatMap((name) => stringField(2, name)),
    ...stringField(3, `${node.op}_${index}`),
    ...stringField(4, node.op),
    ...Object.entries(node.attributes ?? {}).flatMap(([name, value]) =>
      messageField(5, [...stringField(1, name), ...attributeFields(value)]),
    ),
    ...(node.domain === undefined ? [] : stringField(7, node.domain)),
  ];
}

function attributeFields(attribute: OnnxAttribute): Message {
  if ('float' in attribute) return [...floatField(2, attribute.float), ...intField(20, attributeTypes.float)];
  if ('int' in attribute) return [...intField(3, attribute.int), ...intField(20, attributeTypes.int)];
  if ('string' in attribute)
    return [...stringField(4, attribute.string), ...intField(20, attributeTypes.string)];
  return [...attribute.ints.flatMap((value) => intField(8, value)), ...intField(20, attributeTypes.ints)];
}

function tensorMessage(tensor: OnnxTensor): Message {
  const { name, dtype, shape, data } = tensor;
  const size = elementCount(shape);
  if (size !== data.length) {
    throw new RangeError(`tensor ${name}: shape [${shape.join(', ')}] does not fit ${data.length} values`);
  }
  return [
    ...shape.flatMap((length) => intField(1, length)),
    ...intField(2, elementTypes[dtype]),
    ...stringField(8, name),
    ...bytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ];
}

function valueInfo({ name, dtype, shape }: ValueInfo): Message {
  const tensorType = [
    ...intField(1, elementTypes[dtype]),
    ...messageField(
      2,
      shape.flatMap((length) => messageField(1, dimension(length))),
    ),
  ];
  return [...stringField(1, name), ...messageField(2, messageField(1, tensorType))];
}

function dimension(length: OnnxDimension): Message {
  return typeof length === 'number' ? intField(1, length) : stringField(2, length);
}
