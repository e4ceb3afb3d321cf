import type { CompletionReply } from '../provider.ts';

/** What stands for a key in what is stored. */
const hiddenKey = '[API key]';
/** Shorter ones are words of a local server ("none", "ollama") and may be words of a text. */
const shortestKey = 12;

/** A reply without the API key, which some services and proxies repeat: replies are stored in the folder of the run. */
export function withoutKey(reply: CompletionReply, key: string | undefined): CompletionReply {
  return key === undefined || key.length < shortestKey || !reply.text.includes(key)
    ? reply
    : { ...reply, text: reply.text.replaceAll(key, hiddenKey) };
}
