import type { IdentifierFinding } from '../../privacy/identifierKinds.ts';
import { findIdentifiers } from '../../privacy/identifiers.ts';

const hasDayAndYear = /\d[\s\S]*\D(?:19|20)\d{2}\b|^(?:19|20)\d{2}\W\d|^\d+\W\d+\W\d{2}$/;

/**
 * The identifiers in an invented text that could be those of a real person. Ages, months, towns, hospitals and pictures
 * are harmless in invented texts; names, numbers and addresses are not.
 */
export function findRealIdentifiers(text: string): readonly IdentifierFinding[] {
  return findIdentifiers(text, { bodyAndFace: false }).filter((finding) => couldBeReal(finding, text));
}

function couldBeReal({ kind, start, end }: IdentifierFinding, text: string): boolean {
  const found = text.slice(start, end);
  if (kind === 'place') return /\d/.test(found);
  if (kind === 'date') return hasDayAndYear.test(found);
  return kind !== 'age-over-89';
}
