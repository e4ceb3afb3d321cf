import type { Hints } from './hints.ts';

/**
 * Kinds of identifiers: the eighteen of the HIPAA Safe Harbor rule (45 CFR 164.514(b)(2)(i), A to R), ages over
 * 89, which stand among its dates, as a kind of their own.
 */
export const safeHarborKinds = {
  name: 'A',
  place: 'B',
  date: 'C',
  'age-over-89': 'C',
  phone: 'D',
  fax: 'E',
  email: 'F',
  ssn: 'G',
  'medical-record': 'H',
  'health-plan': 'I',
  account: 'J',
  licence: 'K',
  vehicle: 'L',
  device: 'M',
  url: 'N',
  ip: 'O',
  biometric: 'P',
  photo: 'Q',
  other: 'R',
} as const;

export type IdentifierKind = keyof typeof safeHarborKinds;

/** Where an identifier stands and of what kind it is: UTF-16 offsets, end exclusive. Never what it says. */
export interface IdentifierFinding {
  readonly kind: IdentifierKind;
  readonly start: number;
  readonly end: number;
}

/** Looks for identifiers in a text. */
export type Detector = (text: string, hints: Hints) => Iterable<IdentifierFinding>;

const none: readonly never[] = [];

/** The matches of a global pattern, without the copy of it that `matchAll` makes every time. */
export function allMatches(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return none;
  const found: RegExpExecArray[] = [];
  while (match !== null) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex++;
    match = pattern.exec(text);
  }
  return found;
}

/** The matches of a pattern; what a first group `(?<before>...)` matches is context and no part of the finding. */
export function matches(
  text: string,
  pattern: RegExp,
  kind: IdentifierKind,
  holds: (found: string, match: RegExpExecArray) => boolean = () => true,
): readonly IdentifierFinding[] {
  const all = allMatches(text, pattern);
  if (all.length === 0) return none;
  return all.flatMap((match) => {
    const start = match.index + (match.groups?.['before']?.length ?? 0);
    const end = match.index + match[0].length;
    return holds(text.slice(start, end), match) ? [{ kind, start, end }] : [];
  });
}

/** Names, beginning with a capital, after a context. Capitals are few: `hint` looks at what stands before each of them. */
export function afterContext(
  before: string,
  name: string,
): { readonly pattern: RegExp; readonly hint: RegExp } {
  return {
    pattern: new RegExp(`(?<before>${before})${name}`, 'gu'),
    hint: new RegExp(String.raw`\p{Lu}(?<=${before}\p{Lu})`, 'u'),
  };
}

/** Where something looks like an identifier of a person. Never what it says. */
export interface FoundIdentifier {
  /** A file, or a part of chartmark.json in words. */
  readonly place: string;
  /** Of the file, from 1; undefined if `place` is not a file. */
  readonly line?: number;
  readonly kind: IdentifierKind;
}
