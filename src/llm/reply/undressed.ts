import { escapePattern } from '../../foundation/pattern.ts';
import { withoutInventedTurn, withoutTokens } from './answer/turns.ts';
import { withoutName } from './itemMarkers.ts';

/** What stands around a text in several layers: a name, a style, a note, a token. */
const mostLayers = 5;

/** Characters at either end of a text in which a note is searched for. */
const shown = 160;

const nouns = 'mentions?|entit(?:y|ies)|tags?|annotations?|labels?';
const none = String.raw`(?:(?:this |the )?(?:text |sentence )?(?:has |have |contains? |with )?(?:no|zero|without(?: any)?|0)\s+(?:[\w-]+,?\s+){0,4}?(?:${nouns})(?:\s+(?:needed|required|here|present|found|included|in (?:this|the) (?:text|sentence)))?|(?:entity|mention|tag)[- ]free|untagged|negative (?:text|example|sentence)|none tagged)`;
/** "(No mentions)", "- no entities.", "*No tags needed*", in a bracket, behind a dash or in marks. */
const noteBehind = new RegExp(
  String.raw`\s*(?:[-\u2013\u2014]\s+|[(\[*_{<]{1,3}\s?|\n)${none}\s?[.!]?\s?[)\]*_}>]{0,3}\s*$`,
  'i',
);
/** "No entities: ", "[entity-free] ", "(No mentions) ". */
const noteBefore = new RegExp(
  String.raw`^(?:[(\[*_{<]{1,3}\s?${none}\s?[.:]?\s?[)\]*_}>]{1,3}\s?[:.\u2013\u2014-]?|${none}\s?(?:[:\u2013\u2014]|-(?=\s)))\s*`,
  'i',
);

/**
 * A text of a reply without what belongs to the reply and not to the text: control tokens of a chat template, an invented
 * turn, a name before it ("Text 1:", or `style` with a colon or in brackets), and notes that it has no mentions.
 */
export function undressed(text: string, style = ''): string {
  const ofStyle = style === '' ? undefined : stylePattern(style);
  let rest = text;
  for (let layer = 0, before = ''; layer < mostLayers && before !== rest; layer++) {
    before = rest;
    rest = withoutInventedTurn(withoutTokens(rest)).trim();
    rest = withoutName(rest);
    if (ofStyle !== undefined) rest = rest.replace(ofStyle, '');
    rest = withoutNotes(rest).trim();
  }
  // A text that is nothing else stays, and is refused as what it is.
  return rest === '' ? text : rest;
}

function withoutNotes(text: string): string {
  const head = text.slice(0, shown).replace(noteBefore, '');
  const rest = head + text.slice(shown);
  const from = Math.max(0, rest.length - shown);
  return rest.slice(0, from) + rest.slice(from).replace(noteBehind, '');
}

/** "PubMed abstract:", "[discharge summary]", "**ED note** -", also with a number or "style" before it. */
function stylePattern(style: string): RegExp {
  const name = escapePattern(style).replaceAll(/[\s_-]+/g, String.raw`[\s_-]{1,3}`);
  const words = String.raw`(?:style\s?:\s?)?${name}(?:\s#?\d{1,3})?`;
  return new RegExp(
    String.raw`^(?:[(\[<{]\s?${words}\s?[)\]>}]\s?[:\u2013\u2014-]?|(?:#{1,6} |\*\*|__|\*)${words}(?:(?:\*\*|__|\*)\s?[:\u2013\u2014-]?|:(?:\*\*|__|\*)?|\s?\n)|${words}\s?(?:[:\u2013\u2014]|-(?=\s)))\s*`,
    'i',
  );
}
