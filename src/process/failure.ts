import { CancelledError, UserError } from '../foundation/userError.ts';
import type { Failure } from './protocol.ts';

/** An error as plain data, so that its kind is kept between processes. */
export function toFailure(error: unknown): Failure {
  if (error instanceof CancelledError) return { kind: 'cancelled' };
  if (error instanceof UserError) {
    return {
      kind: 'user',
      message: error.message,
      ...(error.place === undefined ? {} : { place: error.place }),
      ...(error.nextStep === undefined ? {} : { nextStep: error.nextStep }),
    };
  }
  if (error instanceof Error && isOutOfMemory(error)) {
    return {
      kind: 'user',
      message: 'There is not enough memory for this job.',
      nextStep:
        'Use a smaller batch size (with more batches per step) or shorter sequences, or close other programs.',
    };
  }
  if (error instanceof Error) {
    return {
      kind: 'bug',
      message: error.message,
      ...(error.stack === undefined ? {} : { stack: error.stack }),
    };
  }
  return { kind: 'bug', message: String(error) };
}

/** Matches the messages of V8, WebAssembly, the C++ library and ONNX Runtime. */
function isOutOfMemory({ message }: Error): boolean {
  return /allocation failed|could not allocate|bad.alloc|failed to allocate memory/i.test(message);
}

/** The reverse of `toFailure`. A bug keeps its original stack. */
export function fromFailure(failure: Failure): Error {
  switch (failure.kind) {
    case 'cancelled':
      return new CancelledError();
    case 'user':
      return new UserError(failure.message, failure);
    case 'bug': {
      const error = new Error(failure.message);
      if (failure.stack !== undefined) error.stack = failure.stack;
      return error;
    }
  }
}
