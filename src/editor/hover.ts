import path from 'node:path';
import * as vscode from 'vscode';
import type { Span } from '../corpus/document.ts';
import { bioLanguage, documentLines, formatOf, noteLanguages } from './bio/documentLines.ts';
import { mentionAtLine, type SentenceMention } from '../corpus/bio/sentenceAt.ts';
import { relationsOf, relationText, wordsOfMention } from '../annotation/describeMentions.ts';
import type { Services } from './services.ts';

/** Hovers over mentions: in BIO files, and over what models found in a text. */
export function registerHover(services: Pick<Services, 'predictions' | 'projects'>): vscode.Disposable {
  return vscode.languages.registerHoverProvider([bioLanguage, ...noteLanguages], {
    provideHover: (document, position) =>
      document.languageId === bioLanguage
        ? bioHover(document, position, services)
        : textHover(document, position, services),
  });
}

function bioHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  services: Pick<Services, 'predictions' | 'projects'>,
): vscode.Hover | undefined {
  const mention = mentionAtLine(
    documentLines(document),
    position.line,
    formatOf(document, services.projects),
  );
  if (mention === undefined) return undefined;
  const prediction = services.predictions.get(document.uri);
  const start = document.offsetAt(new vscode.Position(mention.first.line, mention.first.token.start));
  const found = prediction?.spans.find((span) => span.start === start && span.label === mention.label);
  const source = found === undefined || prediction === undefined ? 'this file' : modelName(prediction.model);
  return new vscode.Hover(
    describe({
      text: mention.text,
      label: mention.label,
      definition: definitionOf(mention.label, document, services),
      facts: [
        ['Tokens', `${count(mention.tokens.start + 1, mention.tokens.end)} of the sentence`],
        ['Characters', `${count(mention.characters.start, mention.characters.end)} of the sentence`],
        ['Lines', count(mention.first.line + 1, mention.last.line + 1)],
        ['Source', source],
        ...scoreFact(found),
      ],
    }),
    linesOf(mention),
  );
}

function textHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  services: Pick<Services, 'predictions' | 'projects'>,
): vscode.Hover | undefined {
  const prediction = services.predictions.get(document.uri);
  if (prediction === undefined) return undefined;
  const offset = document.offsetAt(position);
  // Mentions may be nested: the hover is about the innermost.
  const [span] = prediction.spans
    .filter(({ start, end }) => start <= offset && offset <= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  if (span === undefined) return undefined;
  const text = document.getText();
  const words = wordsOfMention(text, span);
  return new vscode.Hover(
    describe({
      text: text.slice(span.start, span.end),
      label: span.label,
      definition: definitionOf(span.label, document, services),
      facts: [
        ['Tokens', `${count(words.start + 1, words.end)} of the sentence`],
        ['Characters', `${count(span.start, span.end)} of the text`],
        ['Source', span.source === 'human' ? 'the .ann file' : modelName(prediction.model)],
        ...scoreFact(span),
        ...relationsOf(span, prediction).map((joined) => ['Relation', relationText(joined, text)] as const),
      ],
    }),
    new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)),
  );
}

interface HoverContent {
  readonly text: string;
  readonly label: string;
  readonly definition: string | undefined;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

function describe({ text, label, definition, facts }: HoverContent): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown('**').appendText(label).appendMarkdown('** · ').appendText(text);
  if (definition !== undefined) markdown.appendMarkdown('\n\n').appendText(definition);
  markdown.appendMarkdown('\n\n---\n\n');
  for (const [name, value] of facts)
    markdown.appendMarkdown(`${name}: `).appendText(value).appendMarkdown('  \n');
  return markdown;
}

function definitionOf(
  label: string,
  { uri }: vscode.TextDocument,
  { projects }: Pick<Services, 'projects'>,
): string | undefined {
  return projects.current(uri).entityTypes.find(({ name }) => name === label)?.definition;
}

function scoreFact(span: Span | undefined): readonly (readonly [string, string])[] {
  return span?.score === undefined ? [] : [['Score', span.score.toFixed(3)]];
}

function modelName(model: string): string {
  return `model ${path.basename(model)}`;
}

/** `4-5`, or `4` when it is only one. */
function count(first: number, last: number): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function linesOf({ first, last }: SentenceMention): vscode.Range {
  return new vscode.Range(first.line, first.token.start, last.line, last.tag.end);
}
