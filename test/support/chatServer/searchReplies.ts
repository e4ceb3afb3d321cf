import type { Call } from './chatServer.ts';
import { taggedText } from './sentences.ts';

/** Whether a request asks for prompt templates. */
export function isTemplateWish({ messages = [] }: Call['body']): boolean {
  return messages[0]?.content.startsWith('You design prompts') === true;
}

/** A model that writes prompt templates when it is asked for them; the second one makes it a worse writer. */
export function searchReply(number: number, body: Call['body']): string {
  if (isTemplateWish(body)) {
    const free = body.messages?.[0]?.content.includes('{{unrelated}}') === true ? 'unrelated' : 'entityFree';
    const system = ['Write well. {{types}} {{reply}}', 'Forget what you know. {{types}} {{reply}}'];
    const templates = system.map((text, at) => ({
      idea: `template ${at + 1} of call ${number}`,
      system: text,
      request: `Write {{texts}} texts.\nStyle: {{style}}\n{{${free}}} without.\n{{seeds}}`,
    }));
    return JSON.stringify({ templates });
  }
  const isForgetful = body.messages?.[0]?.content.startsWith('Forget') === true;
  const texts = [0, 1, 2].map((item) => {
    const text = taggedText(number * 3 + item);
    return { text: isForgetful && item > 0 ? text.replace('</Disease>', '') : text };
  });
  return JSON.stringify({ texts });
}
