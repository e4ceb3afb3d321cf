import type { JsonObject } from '../../foundation/json.ts';
import type { ChatMessage } from '../provider.ts';

/** Tokens of a prompt in addition to its texts: role and separators of each message, and the start of the reply. */
const tokensPerMessage = 8;

/** Roughly how many tokens a text has: one per four ASCII characters and one per other character. `bytes` as UTF-8. */
export function expectedTokens(text: string, bytes = Buffer.byteLength(text)): number {
  if (bytes === text.length) return Math.ceil(bytes / 4);
  let ascii = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 128) ascii++;
  return Math.ceil(ascii / 4) + (text.length - ascii);
}

/** Input tokens of a request, expected and at most (byte-level tokenizers never make more tokens than bytes). */
export function inputTokens(
  messages: readonly ChatMessage[],
  schema: JsonObject,
): { readonly expected: number; readonly most: number } {
  const overhead = tokensPerMessage * (messages.length + 1);
  let expected = overhead;
  let most = overhead;
  for (const text of [...messages.map(({ content }) => content), JSON.stringify(schema)]) {
    const bytes = Buffer.byteLength(text);
    expected += expectedTokens(text, bytes);
    most += bytes;
  }
  return { expected, most };
}
