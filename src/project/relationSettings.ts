import * as z from 'zod/mini';
import { oneOf, whole, withDefault } from '../foundation/fields.ts';

/**
 * How a relation model reads the two mentions: `mask` replaces them with their types (`@GENE$`), `marker` puts markers with
 * the types around them (`@ * gene * BRCA1 @`).
 */
export const relationInput = oneOf(['mask', 'marker']);

/** The section "relations" of chartmark.json: which pairs of mentions a relation model classifies, and in what form it sees them. */
export const relationSettingsSchema = z.strictObject({
  input: withDefault(
    relationInput,
    'mask',
    '"mask" replaces the two mentions with their types (@GENE$); "marker" keeps the mentions and puts markers with their types around them (@ * gene * BRCA1 @).',
  ),
  // In larger windows nearly all pairs are unrelated.
  window: withDefault(
    whole(1, 100),
    1,
    'The largest number of consecutive sentences that a pair may span; 1 keeps pairs within a sentence.',
  ),
});
