/** The control tokens of OpenAI's harmony format, as servers leave them in a reply. */
const token = /<\|(channel|message|constrain|start|end|return|call)\|>/g;

/** Without their control tokens, the names of role and channel run into the words around them. */
const mergedFinal = 'assistantfinal';
const mergedAnalysis = /^\s*analysis(?=\p{Lu})/u;

interface Part {
  readonly channel: string;
  readonly text: string;
}

/**
 * The final channel of a reply in the harmony format (https://github.com/openai/harmony): the analysis channel is
 * reasoning, and the commentary channel counts only as a tool call when there is no final one. Undefined if the reply has
 * another format.
 */
export function harmonyAnswer(reply: string): string | undefined {
  if (!reply.includes('<|message|>') && !reply.includes('<|channel|>')) return mergedAnswer(reply);
  const parts = partsOf(reply);
  const final = parts.filter(({ channel }) => /^\s*final\b/.test(channel) || channel === '');
  if (final.length > 0) return final.map(({ text }) => text).join('\n');
  return parts.findLast(({ channel }) => /\bto=/.test(channel))?.text ?? '';
}

/** The messages of the assistant, up to an invented turn of the user. */
function partsOf(reply: string): readonly Part[] {
  const parts: Part[] = [];
  let channel = '';
  let expects: 'nothing' | 'role' | 'channel' | 'message' = 'nothing';
  let from = 0;
  const take = (to: number): boolean => {
    const words = reply.slice(from, to);
    if (expects === 'message') parts.push({ channel, text: words });
    if (expects === 'channel') channel = words;
    return !(expects === 'role' && /^\s*user/.test(words));
  };
  for (const { 0: whole, 1: name, index } of reply.matchAll(token)) {
    if (!take(index)) return parts;
    from = index + whole.length;
    if (name === 'channel') expects = 'channel';
    else if (name === 'message') expects = 'message';
    else if (name === 'start') {
      expects = 'role';
      channel = '';
    } else expects = 'nothing';
  }
  take(reply.length);
  return parts;
}

function mergedAnswer(reply: string): string | undefined {
  const at = reply.lastIndexOf(mergedFinal);
  const isMerged = mergedAnalysis.test(reply) || reply.trimStart().startsWith(mergedFinal);
  if (at === -1) return mergedAnalysis.test(reply) ? '' : undefined;
  return isMerged ? reply.slice(at + mergedFinal.length) : undefined;
}
