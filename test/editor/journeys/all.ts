import type { Journey } from '../harness/journeys.ts';

/** Every journey, the quick ones first. */
export const journeys: readonly Journey[] = [];
