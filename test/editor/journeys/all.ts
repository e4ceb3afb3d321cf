import type { Journey } from '../harness/journeys.ts';
import { batches } from './batches.ts';
import { evaluating } from './evaluating.ts';
import { extracting } from './extracting.ts';
import { generating } from './generating.ts';
import { identifiers } from './identifiers.ts';
import { managing } from './managing.ts';
import { palette } from './palette.ts';
import { prompting } from './prompting.ts';
import { reading } from './reading.ts';
import { reviewing } from './reviewing.ts';
import { training } from './training.ts';
import { untrusted } from './untrusted.ts';
import { verifying } from './verifying.ts';
import { wrapping } from './wrapping.ts';

/** Every journey, the quick ones first. */
export const journeys: readonly Journey[] = [
  ...reading,
  ...palette,
  ...managing,
  ...generating,
  ...batches,
  ...prompting,
  ...identifiers,
  ...reviewing,
  ...verifying,
  ...extracting,
  ...wrapping,
  ...evaluating,
  ...training,
  ...untrusted,
];
