/** Reads the bytes of a pickle in order; `fail` makes the error for bytes that are missing or invalid. */
export class PickleBytes {
  position: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fail: (what: string) => Error;

  constructor(bytes: Uint8Array, start: number, fail: (what: string) => Error) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = start;
    this.#fail = fail;
  }

  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  unsigned(width: 1 | 2 | 4): number {
    const start = this.#advance(width);
    if (width === 1) return this.#view.getUint8(start);
    return width === 2 ? this.#view.getUint16(start, true) : this.#view.getUint32(start, true);
  }

  signed(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  /** Big-endian, unlike all other numbers of the format. */
  float(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  text(length: number): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.take(length));
    } catch (error) {
      if (error instanceof TypeError) throw this.#fail('Its pickle has a string that is not UTF-8.');
      throw error;
    }
  }

  /** Up to the next line feed, which is skipped. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end === -1) throw this.#fail('Its pickle is cut off.');
    const text = this.text(end - this.position);
    this.position++;
    return text;
  }

  /** A little-endian whole number of any width, in two's complement. */
  long(width: number): number | bigint {
    const digits = this.take(width);
    let value = 0n;
    for (const [i, digit] of digits.entries()) value |= BigInt(digit) << BigInt(8 * i);
    const signed = width === 0 ? 0n : BigInt.asIntN(8 * width, value);
    const small = Number(signed);
    return Number.isSafeInteger(small) ? small : signed;
  }

  #advance(length: number): number {
    const start = this.position;
    if (start + length > this.#bytes.length) throw this.#fail('Its pickle is cut off.');
    this.position = start + length;
    return start;
  }
}
