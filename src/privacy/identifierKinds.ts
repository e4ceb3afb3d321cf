import type { Hints } from './hints.ts';

/**
 * Kinds of identifiers: the eighteen of the HIPAA Safe Harbor rule (45 CFR 164.514(b)(2)(i), A to R). Ages over 89,
 * which the rule lists with the dates, are a kind of their own.
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

/** The place and kind of an identifier, never its text. UTF-16 offsets, end exclusive. */
export interface IdentifierFinding {
  readonly kind: IdentifierKind;
  readonly start: number;
  readonly end: number;
}

/** Finds identifiers in a text; `hints` are those of the same text. */
export type Detector = (text: string, hints: Hints) => Iterable<IdentifierFinding>;

const none: readonly never[] = [];

/** The matches of a global pattern. Unlike `matchAll`, this does not copy the pattern each time. */
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

/** The matches of a pattern. Text in a leading group `(?<before>...)` is context and not part of the finding. */
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

/**
 * Finds names after a context. They begin with a capital, and capitals are rare, so `hint` only checks the text
 * before each.
 */
export function afterContext(
  before: string,
  name: string,
): { readonly pattern: RegExp; readonly hint: RegExp } {
  return {
    pattern: new RegExp(`(?<before>${before})${name}`, 'gu'),
    hint: new RegExp(String.raw`\p{Lu}(?<=${before}\p{Lu})`, 'u'),
  };
}

/** The place of a possible identifier of a person, never its text. */
export interface FoundIdentifier {
  /** A file, or a description of a part of chartmark.json. */
  readonly place: string;
  /** The line in the file, from 1; undefined if `place` is not a file. */
  readonly line?: number;
  readonly kind: IdentifierKind;
}
