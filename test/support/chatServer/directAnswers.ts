import type { Call } from './chatServer.ts';

/** The texts of a request that asks for the mentions in them. */
export function givenTexts(body: Call['body']): readonly string[] {
  const { texts } = JSON.parse(body.messages?.at(-1)?.content ?? '') as { texts: { text: string }[] };
  return texts.map(({ text }) => text);
}

/** A reply that tags these words wherever they stand in the texts of a request. */
export function taggedReply(
  body: Call['body'],
  words: Readonly<Record<string, string>>,
  change: (tagged: string, position: number) => readonly string[] = (tagged) => [tagged],
): string {
  const texts = givenTexts(body).flatMap((text, position) => {
    const tagged = Object.entries(words).reduce(
      (all, [word, label]) =>
        all.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), `<${label}>${word}</${label}>`),
      text,
    );
    return change(tagged, position);
  });
  return JSON.stringify({ texts: texts.map((text) => ({ text })) });
}

/** A reply that says for each numbered text whether `holds` is true of it. */
export function relationReply(
  body: Call['body'],
  relation: string,
  holds: (text: string) => boolean,
): string {
  const lines = (body.messages?.at(-1)?.content ?? '').split('\n');
  const answers = lines.map((line, position) => ({
    number: position + 1,
    relation: holds(line) ? relation : 'none',
  }));
  return JSON.stringify({ answers });
}
