import { pick, seededRandom } from '../../../src/foundation/random.ts';
import type { Call, ChatServerOptions } from './chatServer.ts';

/** A sentence that a large model has written, with inline tags. */
export interface WrittenText {
  readonly text: string;
  /** Names that it was written about. */
  readonly seeds?: readonly string[];
  /** Of a sentence with a tagged pair: 1 when it is related. */
  readonly label?: number;
}

/** How a reply is put. */
type Form = (typeof forms)[number];

/** Most as asked; some as models without structured outputs send them, and one that is cut off. */
const forms = ['asked', 'asked', 'asked', 'fenced', 'in prose', 'a bare list', 'lines', 'cut off'] as const;

/** Part of a reply that the server's fault `truncated` lets through. */
const keptOfTruncated = 0.7;

/**
 * A model that answers with these texts, as many as are asked for, until it has none that fits: then its quota is used
 * up. Where a request names names, a text fits that tags one of them, and one without tags; else the next one in their
 * order. `relation` names the relation that texts with label 1 state. `seed` draws how replies are put. What was cut off
 * is written again.
 */
export function writtenReplies(
  texts: readonly WrittenText[],
  { relation, seed }: { readonly relation?: string; readonly seed: number },
): Required<Pick<ChatServerOptions, 'schedule' | 'write'>> & {
  /** So many replies were put in each form. */
  readonly counts: ReadonlyMap<Form, number>;
} {
  const random = seededRandom(seed);
  const left = [...texts];
  const counts = new Map<Form, number>();
  let form: Form = 'asked';
  let written: readonly WrittenText[] = [];
  return {
    counts,
    schedule: ({ body }) => {
      written = fitting(left, body);
      if (written.length === 0) return { kind: 'status', status: 429, code: 'insufficient_quota' };
      for (const text of written) left.splice(left.indexOf(text), 1);
      form = pick(random, forms);
      counts.set(form, (counts.get(form) ?? 0) + 1);
      return form === 'cut off' ? { kind: 'truncated' } : undefined;
    },
    write: () => {
      const items = written.map(({ text, label }) =>
        JSON.stringify(
          relation === undefined ? { text } : { text, relation: label === 1 ? relation : 'none' },
        ),
      );
      const reply = putAs(form, items);
      if (form === 'cut off') {
        const whole = items.filter(
          (item) => reply.indexOf(item) + item.length <= reply.length * keptOfTruncated,
        );
        left.unshift(...written.slice(whole.length));
      }
      return reply;
    },
  };
}

/** What a request asks for. */
function fitting(left: readonly WrittenText[], { messages }: Call['body']): readonly WrittenText[] {
  const request = messages?.at(-1)?.content ?? '';
  const count = Number(/^Write (\d+) /u.exec(request)?.[1]);
  const names = /these names, and tags it: (.*)\.$/mu.exec(request)?.[1]?.split('; ');
  if (names === undefined) return left.slice(0, count);
  const chosen = new Set<WrittenText>();
  for (const name of names) {
    const [, words = '', type] = /^(.*) \((.*)\)$/u.exec(name) ?? [];
    const text = left.find((one) => !chosen.has(one) && one.text.includes(`<${type}>${words}</${type}>`));
    if (text !== undefined) chosen.add(text);
  }
  const untagged = left.filter(({ text }) => !text.includes('</'));
  return [...chosen, ...untagged.slice(0, count - names.length)];
}

function putAs(form: Form, items: readonly string[]): string {
  const asked = `{"texts":[${items.join(',')}]}`;
  switch (form) {
    case 'asked':
    case 'cut off':
      return asked;
    case 'fenced':
      return `\`\`\`json\n${asked}\n\`\`\``;
    case 'in prose':
      return `Here are the texts you asked for:\n\n${asked}\n\nLet me know whether you need more.`;
    case 'a bare list':
      return `[\n  ${items.join(',\n  ')}\n]`;
    case 'lines':
      return items.join('\n');
  }
}
