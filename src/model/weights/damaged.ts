import type { UserError } from '../../foundation/userError.ts';
import { brokenModel, quoted } from '../brokenModel.ts';

/** The error for a weight file that cannot be read; `what` is a sentence about it that begins with "It" or "Its". */
export function damaged(file: string, what: string, nextStep?: string, cause?: unknown): UserError {
  return brokenModel(file, `The weight file cannot be read. ${what}`, nextStep, cause);
}

export function missingTensor(file: string, name: string): UserError {
  return damaged(file, `It has no tensor ${quoted(name)}.`, 'Choose the folder of a BERT or RoBERTa model.');
}
