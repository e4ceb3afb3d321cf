import type { ProblemCode } from '../problem.ts';

/** Reports something about a record that was read, but differently from what it says, or not completely. */
export type RecordReport = (code: ProblemCode, message: string, nextStep?: string) => void;
