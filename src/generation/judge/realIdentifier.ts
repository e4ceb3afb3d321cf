import type { IdentifierFinding, IdentifierKind } from '../../privacy/identifierKinds.ts';
import { findIdentifiers } from '../../privacy/identifiers.ts';

const hasDayAndYear = /\d[\s\S]*\D(?:19|20)\d{2}\b|^(?:19|20)\d{2}\W\d|^\d+\W\d+\W\d{2}$/;

/**
 * The kind of the first identifier in an invented text that could be somebody's. Ages, months, towns, hospitals
 * and pictures are part of what a text tells of nobody; a name, a number or an address is not.
 */
export function findRealIdentifier(text: string): IdentifierKind | undefined {
  return findIdentifiers(text, { bodyAndFace: false }).find((finding) => couldBeReal(finding, text))?.kind;
}

function couldBeReal({ kind, start, end }: IdentifierFinding, text: string): boolean {
  const found = text.slice(start, end);
  if (kind === 'place') return /\d/.test(found);
  if (kind === 'date') return hasDayAndYear.test(found);
  return kind !== 'age-over-89';
}
