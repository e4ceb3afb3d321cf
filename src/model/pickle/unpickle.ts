import { build, callFunction, persistent } from './calls.ts';
import { knownGlobal } from './globals.ts';
import { PickleBytes } from './pickleBytes.ts';
import type { PickleValue, Refusal, Storage } from './pickleValue.ts';

interface Machine {
  readonly bytes: PickleBytes;
  readonly memo: Map<number, PickleValue>;
  readonly refusal: Refusal;
  /** The heights of the stack at the marks. */
  readonly marks: number[];
  readonly stack: PickleValue[];
  readonly storages: Map<string, Storage>;
}

export interface Unpickled {
  readonly value: PickleValue;
  /** The offset of the byte after the pickle. */
  readonly end: number;
  /** All storages that it refers to, by key. */
  readonly storages: ReadonlyMap<string, Storage>;
}

type Operation = (machine: Machine) => void;

const stop = 0x2e;

/** Far more than the pickle of any model: each tensor takes about thirty. */
const mostOpcodes = 250_000;

/**
 * The opcodes of Python's pickle protocol (described in Lib/pickletools.py) that a dictionary of tensors needs. All
 * others are refused, including those that create objects of classes.
 */
const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  // PROTO, FRAME: nothing to do.
  [0x80, ({ bytes }) => void bytes.take(1)],
  [0x95, ({ bytes }) => void bytes.take(8)],
  // NONE, NEWTRUE, NEWFALSE
  [0x4e, ({ stack }) => void stack.push(null)],
  [0x88, ({ stack }) => void stack.push(true)],
  [0x89, ({ stack }) => void stack.push(false)],
  // BININT, BININT1, BININT2, LONG1, BINFLOAT
  [0x4a, ({ stack, bytes }) => void stack.push(bytes.signed())],
  [0x4b, ({ stack, bytes }) => void stack.push(bytes.unsigned(1))],
  [0x4d, ({ stack, bytes }) => void stack.push(bytes.unsigned(2))],
  [0x8a, ({ stack, bytes }) => void stack.push(bytes.long(bytes.unsigned(1)))],
  [0x47, ({ stack, bytes }) => void stack.push(bytes.float())],
  // BINUNICODE, SHORT_BINUNICODE; BINSTRING and SHORT_BINSTRING of Python 2
  [0x58, ({ stack, bytes }) => void stack.push(bytes.text(bytes.unsigned(4)))],
  [0x8c, ({ stack, bytes }) => void stack.push(bytes.text(bytes.unsigned(1)))],
  [0x54, ({ stack, bytes }) => void stack.push(bytes.text(bytes.unsigned(4)))],
  [0x55, ({ stack, bytes }) => void stack.push(bytes.text(bytes.unsigned(1)))],
  // EMPTY_LIST, EMPTY_DICT, EMPTY_TUPLE
  [0x5d, ({ stack }) => void stack.push([])],
  [0x7d, ({ stack }) => void stack.push(new Map())],
  [0x29, ({ stack }) => void stack.push({ kind: 'tuple', items: [] })],
  // MARK, TUPLE, TUPLE1, TUPLE2, TUPLE3
  [0x28, ({ marks, stack }) => void marks.push(stack.length)],
  [0x74, (machine) => void machine.stack.push({ kind: 'tuple', items: toMark(machine) })],
  [0x85, (machine) => pushTuple(machine, 1)],
  [0x86, (machine) => pushTuple(machine, 2)],
  [0x87, (machine) => pushTuple(machine, 3)],
  // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
  [0x71, (machine) => remember(machine, machine.bytes.unsigned(1))],
  [0x72, (machine) => remember(machine, machine.bytes.unsigned(4))],
  [0x94, (machine) => remember(machine, machine.memo.size)],
  [0x68, (machine) => recall(machine, machine.bytes.unsigned(1))],
  [0x6a, (machine) => recall(machine, machine.bytes.unsigned(4))],
  // APPEND, APPENDS, SETITEM, SETITEMS
  [0x61, (machine) => append(machine, [pop(machine)])],
  [0x65, (machine) => append(machine, toMark(machine))],
  [0x73, (machine) => setItems(machine, [pop(machine), pop(machine)].reverse())],
  [0x75, (machine) => setItems(machine, toMark(machine))],
  // GLOBAL, STACK_GLOBAL
  [0x63, (machine) => pushGlobal(machine, machine.bytes.line(), machine.bytes.line())],
  [
    0x93,
    (machine) => {
      const name = pop(machine);
      pushGlobal(machine, pop(machine), name);
    },
  ],
  // BINPERSID, REDUCE, BUILD
  [0x51, (machine) => pushStorage(machine, persistent(pop(machine), machine.refusal))],
  [
    0x52,
    (machine) => {
      const argument = pop(machine);
      machine.stack.push(callFunction(pop(machine), argument, machine.refusal));
    },
  ],
  [
    0x62,
    (machine) => {
      const state = pop(machine);
      build(machine.stack.at(-1), state, machine.refusal);
    },
  ],
]);

/**
 * Reads one pickle, from `start` on, as data. Nothing in it is run: the known Python names become tags for dictionaries
 * and tensors, and all other names are refused.
 */
export function unpickle(bytes: Uint8Array, start: number, refusal: Refusal): Unpickled {
  const reader = new PickleBytes(bytes, start, refusal.damaged);
  const storages = new Map<string, Storage>();
  const machine: Machine = { bytes: reader, memo: new Map(), refusal, marks: [], stack: [], storages };
  let done = 0;
  for (let opcode = reader.unsigned(1); opcode !== stop; opcode = reader.unsigned(1)) {
    if (++done > mostOpcodes) throw refusal.damaged('Its pickle is longer than that of any model.');
    const operation = operations.get(opcode);
    if (operation === undefined) {
      throw refusal.damaged(`Its pickle has the opcode 0x${opcode.toString(16)}, which tensors do not need.`);
    }
    operation(machine);
  }
  return { value: pop(machine), end: reader.position, storages };
}

function pop({ stack, marks, refusal }: Machine): PickleValue {
  const value = stack.length > (marks.at(-1) ?? 0) ? stack.pop() : undefined;
  if (value === undefined) throw refusal.damaged('Its pickle uses more values than it has.');
  return value;
}

function toMark({ stack, marks, refusal }: Machine): PickleValue[] {
  const mark = marks.pop();
  if (mark === undefined) throw refusal.damaged('Its pickle has no mark where one is needed.');
  return stack.splice(mark);
}

function pushTuple(machine: Machine, length: number): void {
  const items = Array.from({ length }, () => pop(machine)).reverse();
  machine.stack.push({ kind: 'tuple', items });
}

function remember({ memo, stack, refusal }: Machine, key: number): void {
  const value = stack.at(-1);
  if (value === undefined) throw refusal.damaged('Its pickle stores a value that does not exist.');
  memo.set(key, value);
}

function recall({ memo, stack, refusal }: Machine, key: number): void {
  const value = memo.get(key);
  if (value === undefined) throw refusal.damaged('Its pickle loads a value that it has not stored.');
  stack.push(value);
}

function append({ stack, refusal }: Machine, values: readonly PickleValue[]): void {
  const list = stack.at(-1);
  if (!Array.isArray(list)) throw refusal.damaged('Its pickle appends to something that is not a list.');
  for (const value of values) list.push(value);
}

function setItems({ stack, refusal }: Machine, items: readonly PickleValue[]): void {
  const map = stack.at(-1);
  if (!(map instanceof Map)) throw refusal.damaged('Its pickle adds to something that is not a dictionary.');
  for (let i = 0; i + 1 < items.length; i += 2) map.set(items[i] as PickleValue, items[i + 1] as PickleValue);
}

function pushStorage({ stack, storages, refusal }: Machine, storage: Storage): void {
  const { key, dtype, length } = storages.get(storage.key) ?? storage;
  if (dtype !== storage.dtype || length !== storage.length) {
    throw refusal.damaged(`Its storage ${key} has two types or sizes.`);
  }
  storages.set(key, storage);
  stack.push(storage);
}

function pushGlobal({ stack, refusal }: Machine, module: PickleValue, name: PickleValue): void {
  if (typeof module !== 'string' || typeof name !== 'string') {
    throw refusal.damaged('Its pickle has a name that is not a string.');
  }
  const known = knownGlobal(module, name);
  if (known === undefined) throw refusal.foreign(`${module}.${name}`);
  stack.push(known);
}
