/**
 * A message in the protobuf wire format (https://protobuf.dev/programming-guides/encoding/), as byte arrays that are
 * joined only at the end, so that large tensors are copied only once.
 */
export type Message = readonly Uint8Array[];

const wireVarint = 0;
const wireLengthDelimited = 2;
const wireFixed32 = 5;
const utf8 = new TextEncoder();

/** An integer field; negative values take ten bytes, as int64 does. */
export function intField(field: number, value: number): Message {
  return [Uint8Array.from([...varint(tag(field, wireVarint)), ...varint(BigInt(value))])];
}

export function floatField(field: number, value: number): Message {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [Uint8Array.from([...varint(tag(field, wireFixed32)), ...bytes])];
}

export function stringField(field: number, value: string): Message {
  return bytesField(field, utf8.encode(value));
}

/** Bytes; `value` is kept by reference until `joinMessage`. */
export function bytesField(field: number, value: Uint8Array): Message {
  return messageField(field, [value]);
}

export function messageField(field: number, message: Message): Message {
  const header = [...varint(tag(field, wireLengthDelimited)), ...varint(BigInt(messageLength(message)))];
  return [Uint8Array.from(header), ...message];
}

/** The bytes of a message in one array. */
export function joinMessage(message: Message): Uint8Array {
  const joined = new Uint8Array(messageLength(message));
  let offset = 0;
  for (const part of message) {
    joined.set(part, offset);
    offset += part.byteLength;
  }
  return joined;
}

/** In bytes. Smaller parts of a message are written together. */
const smallPart = 2 ** 16;

/** The bytes of a message in pieces that are large enough to write; large parts are not copied. */
export function* messagePieces(message: Message): Generator<Uint8Array> {
  let small: Uint8Array[] = [];
  for (const part of message) {
    if (part.byteLength < smallPart) {
      small.push(part);
      continue;
    }
    yield joinMessage(small);
    small = [];
    yield part;
  }
  yield joinMessage(small);
}

function messageLength(message: Message): number {
  let length = 0;
  for (const part of message) length += part.byteLength;
  return length;
}

function tag(field: number, wireType: number): bigint {
  return BigInt((field << 3) | wireType);
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}
