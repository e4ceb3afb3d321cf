import * as z from 'zod/mini';
import { oneOf, whole, withDefault } from '../foundation/fields.ts';

/**
 * How a relation model is shown the two mentions: `mask` puts their types in their place (`@GENE$`), `marker`
 * puts signs with the types around them (`@ * gene * BRCA1 @`).
 */
export const relationInput = oneOf(['mask', 'marker']);

/** The section "relations" of chartmark.json: which pairs of mentions a relation model classifies, and in what form it sees them. */
export const relationSettingsSchema = z.strictObject({
  input: withDefault(
    relationInput,
    'mask',
    '"mask" puts the types in the place of the two mentions (@GENE$); "marker" keeps the mentions and puts signs with their types around them (@ * gene * BRCA1 @).',
  ),
  // In windows of more sentences nearly all pairs are unrelated.
  window: withDefault(
    whole(1, 100),
    1,
    'The largest number of consecutive sentences that a pair may span; 1 keeps pairs within a sentence.',
  ),
});
