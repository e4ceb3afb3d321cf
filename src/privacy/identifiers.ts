import { findBodyAndFace } from './bodyAndFace.ts';
import { findAddresses, findContactNumbers } from './contacts.ts';
import { findDates, findOldAges } from './dates.ts';
import type { Detector, IdentifierFinding } from './identifierKinds.ts';
import { findNames } from './names.ts';
import { findNumbers } from './numbers.ts';
import { findPlaces } from './places.ts';

/** Of two findings that overlap, the one of the earlier detector stays. */
const detectors: readonly { readonly find: Detector; readonly needsDigit: boolean }[] = [
  { find: findAddresses, needsDigit: false },
  { find: findNumbers, needsDigit: true },
  { find: findContactNumbers, needsDigit: true },
  { find: findDates, needsDigit: true },
  { find: findOldAges, needsDigit: true },
  { find: findPlaces, needsDigit: false },
  { find: findNames, needsDigit: false },
  { find: findBodyAndFace, needsDigit: false },
];

/** Placeholders of texts that were de-identified: "[NAME]", "[**2021-3-4**]". They identify nobody. */
const placeholder = /\[[^[\]\n]{0,60}\]/g;

/**
 * What in a text looks like an identifier of a person, household, relative or employer, in text order. Rules
 * for English; see docs/privacy.md for its measured recall and precision and for what it does not find.
 */
export function findIdentifiers(text: string): readonly IdentifierFinding[] {
  const masked = text.includes('[')
    ? text.replaceAll(placeholder, (found) => '\u0000'.repeat(found.length))
    : text;
  const hasDigit = /\d/.test(masked);
  const found: IdentifierFinding[] = [];
  for (const { find, needsDigit } of detectors) {
    if (needsDigit && !hasDigit) continue;
    for (const finding of find(masked)) {
      if (!found.some(({ start, end }) => start < finding.end && finding.start < end)) found.push(finding);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
