import type { LayoutChoice } from '../corpus/bio/format.ts';
import { type BioScheme, schemeNamed } from '../corpus/bio/scheme.ts';
import type { Problem } from '../corpus/problem.ts';
import type { Reading } from '../corpus/reading.ts';
import { UserError } from '../foundation/userError.ts';
import { projectReading } from './projectReading.ts';

interface SidesWish {
  /** The scheme of all BIO files; if undefined, that of each file. */
  readonly scheme?: string | undefined;
  readonly layout?: LayoutChoice | undefined;
  readonly projectFolder: string;
}

/** How the gold files and the predicted ones are read. */
interface ScoredSides {
  readonly gold: Reading;
  /** Call it when the gold files have been read; once for each set of predictions. */
  readonly predicted: () => Reading;
  /** The name of the scheme, for the report: of both sides if they differ, and `spans` if no file has tags. */
  readonly scheme: () => string;
  readonly problems: () => readonly Problem[];
}

/**
 * Readings with the right scheme for each file. Predictions whose mentions begin with I- are wrong if the gold file marks
 * beginnings, although the same tags alone would look like IO. Throws `UserError` for an unknown scheme.
 */
export async function scoredSides({ scheme, layout, projectFolder }: SidesWish): Promise<ScoredSides> {
  const forced = scheme === undefined ? undefined : schemeNamed(scheme);
  if (scheme !== undefined && forced === undefined) {
    throw new UserError(`${scheme} is not a tag scheme.`, {
      nextStep: 'Choose IOB1, IOB2, IOBES, BILOU or IO.',
    });
  }
  const choices = { layout, ...(forced === undefined ? {} : { schemeFor: () => forced }) };
  const gold = await projectReading(projectFolder, choices);
  const predicted: Reading[] = [];
  const marksBeginnings = (): boolean => [...gold.schemes].some((own) => own === 'IOB2' || own === 'BIOES');
  const schemeFor = (own: BioScheme): BioScheme =>
    forced ?? ((own === 'IO' || own === 'IOB1') && marksBeginnings() ? 'IOB2' : own);
  return {
    gold,
    predicted() {
      const reading: Reading = { ...gold, problems: [], schemes: new Set(), schemeFor };
      predicted.push(reading);
      return reading;
    },
    scheme() {
      if (scheme !== undefined) return scheme;
      const [ofGold, ofPredicted] = [[gold], predicted].map((side) => schemeNames(side, schemeFor));
      if (ofGold === ofPredicted || ofPredicted === '') return ofGold === '' ? 'spans' : (ofGold ?? '');
      return ofGold === '' ? (ofPredicted ?? '') : `gold ${ofGold}, predictions ${ofPredicted}`;
    },
    problems: () => [gold, ...predicted].flatMap(({ problems }) => problems),
  };
}

/** The schemes of the files of some readings, such as `IOB2 and IOBES`. */
function schemeNames(readings: readonly Reading[], schemeFor: (own: BioScheme) => BioScheme): string {
  const names = readings
    .flatMap(({ schemes }) => [...schemes].map(schemeFor))
    .map((name) => (name === 'BIOES' ? 'IOBES' : name));
  return new Intl.ListFormat('en').format([...new Set(names)]);
}
