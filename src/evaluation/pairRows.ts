import type { RelationRow } from '../corpus/relationRows.ts';
import { UserError } from '../foundation/userError.ts';

/** Throws `UserError` with the number of the row if the texts or their order differ. */
export function checkRowsAgree(gold: readonly RelationRow[], predicted: readonly RelationRow[]): void {
  if (gold.length !== predicted.length) {
    throw new UserError(
      `The gold data has ${gold.length} rows and the predictions have ${predicted.length}.`,
      {
        nextStep: 'Choose the predictions that were made on this gold data.',
      },
    );
  }
  const different = gold.findIndex(
    ({ text }, i) => inkOf(text) !== inkOf((predicted[i] as RelationRow).text),
  );
  if (different !== -1) {
    throw new UserError(
      `The texts of row ${different + 1} differ between the gold data and the predictions.`,
      {
        nextStep: 'Keep the rows in the order of the gold data.',
      },
    );
  }
}

/** A text without white space, since texts may differ in white space. */
function inkOf(text: string): string {
  return text.replaceAll(/\s+/gu, '');
}
