import type { JsonObject } from '../../foundation/json.ts';
import type { ChatMessage } from '../provider.ts';

/** Of a prompt, over its texts: role and separators of each message, and what begins the reply. */
const tokensPerMessage = 8;

/** About as many tokens as a text has: a token for each four ASCII characters, and for each other one. `bytes` as UTF-8. */
export function expectedTokens(text: string, bytes = Buffer.byteLength(text)): number {
  if (bytes === text.length) return Math.ceil(bytes / 4);
  let ascii = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 128) ascii++;
  return Math.ceil(ascii / 4) + (text.length - ascii);
}

/** Tokens of a request's input, as expected and at the most (byte-level tokenizers make no more tokens than bytes). */
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
