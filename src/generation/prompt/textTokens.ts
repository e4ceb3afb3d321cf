import type { TextUnit } from '../../project/generationSchema.ts';

/**
 * Of a text with its tags in JSON. Texts of one to three sentences that a large model wrote had 200 to 370
 * characters with tags, at three and a half characters a token. Whole notes are asked for with 120 to 350 words.
 */
const expectedTokensPerText = { sentences: 75, notes: 450 } as const;
const roomPerText = { sentences: 400, notes: 2000 } as const;

export function expectedOutputTokens(texts: number, unit: TextUnit): number {
  return 10 + texts * expectedTokensPerText[unit];
}

/** Ample room for a reply of so many texts, so that hardly any is cut off and yet none runs on for ever. */
export function roomForTexts(texts: number, unit: TextUnit): number {
  return 512 + texts * roomPerText[unit];
}
