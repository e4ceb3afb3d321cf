import { formatInlineTags, type Mention } from '../../corpus/tagged/inlineTags.ts';
import type { GivenText } from '../engine/question.ts';

/** A text whose labels a language model is asked to check. */
export interface VerifyQuestion extends GivenText {
  /** Of the types that are checked, in text order. */
  readonly mentions: readonly Mention[];
  /** Why it is asked about, in sentences. */
  readonly doubts: readonly string[];
}

/** The text as it is shown: the same for the same labels, whatever is doubted. */
export function taggedOf({ text, mentions }: VerifyQuestion): string {
  return formatInlineTags({ text, mentions });
}
