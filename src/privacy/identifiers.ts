import { overlap } from '../corpus/document.ts';
import { findBodyAndFace } from './bodyAndFace.ts';
import { findAddresses, findContactNumbers } from './contacts.ts';
import { findDates, findOldAges } from './dates.ts';
import { hintsOf } from './hints.ts';
import type { Detector, IdentifierFinding } from './identifierKinds.ts';
import { findNames } from './names.ts';
import { findNumbers } from './numbers.ts';
import { findPlaces } from './places.ts';

/** If two findings overlap, that of the earlier detector is kept. */
const detectors: readonly { readonly find: Detector; readonly needsDigit: boolean }[] = [
  { find: findAddresses, needsDigit: false },
  { find: findNumbers, needsDigit: true },
  { find: findContactNumbers, needsDigit: true },
  { find: findDates, needsDigit: true },
  { find: findOldAges, needsDigit: false },
  { find: findPlaces, needsDigit: false },
  { find: findNames, needsDigit: false },
];

/** Placeholders in de-identified texts: "[NAME]", "[**2021-3-4**]". They identify nobody. */
const placeholder = /\[[^[\]\n]{0,60}\]/g;

/**
 * Finds what looks like an identifier of a person, household, relative or employer, in text order. The rules are for
 * English; docs/privacy.md has their measured recall and precision and says what they do not find. If `bodyAndFace` is
 * false, biometric records and pictures of the face are not searched for.
 */
export function findIdentifiers(
  text: string,
  { bodyAndFace = true }: { readonly bodyAndFace?: boolean } = {},
): readonly IdentifierFinding[] {
  const masked = text.includes('[')
    ? text.replaceAll(placeholder, (found) => '\u0000'.repeat(found.length))
    : text;
  const hints = hintsOf(masked);
  const found: IdentifierFinding[] = [];
  const add = (findings: Iterable<IdentifierFinding>): void => {
    for (const finding of findings) {
      if (!found.some((known) => overlap(known, finding))) found.push(finding);
    }
  };
  for (const { find, needsDigit } of detectors) {
    if (!needsDigit || hints.digits > 0) add(find(masked, hints));
  }
  if (bodyAndFace) add(findBodyAndFace(masked));
  return found.sort((a, b) => a.start - b.start);
}
