import { open } from 'node:fs/promises';
import { UserError, asFileError } from '../../foundation/userError.ts';

/** What Node reads into one buffer; encoders are far smaller (BERT-large in fp32 has 1.3 GB). */
const mostBytes = 2 ** 31 - 1;

/** All of a weight file. Throws `UserError` when it is missing, or too large to be held. */
export async function readWeightBytes(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size > mostBytes) {
        throw new UserError(`The weights take ${(size / 2 ** 30).toFixed(1)} GB; 2 GB are the most.`, {
          place: { file },
          nextStep: 'Choose a smaller encoder, or one in several model-00001-of-... files.',
        });
      }
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asFileError(error, file);
  }
}
