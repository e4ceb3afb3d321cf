import type { LocatedText } from '../../corpus/locatedTexts.ts';
import { counted, plural } from '../../foundation/numbers.ts';
import { findRealIdentifiers } from '../../generation/judge/realIdentifiers.ts';
import { findPromptIdentifiers } from '../../generation/prompt/promptIdentifiers.ts';
import type { FoundIdentifier, IdentifierFinding } from '../../privacy/identifierKinds.ts';
import { findInTokens } from '../../privacy/tokenBlanks.ts';
import type { Project } from '../../project/project.ts';

/** A prompt in a file that is sent. */
interface SentPrompt {
  readonly file: string;
  /** Its line there, from 1. */
  readonly line: number;
  readonly messages: readonly string[];
  readonly topics: readonly string[];
}

/**
 * The outcome of a scan for identifiers. Only the functions below make one, so that nothing can be disclosed, and
 * nothing sent, without a scan.
 */
export class IdentifierScan {
  // Private, so that no object literal can pass for a scan.
  readonly #found: readonly FoundIdentifier[];

  private constructor(found: readonly FoundIdentifier[]) {
    this.#found = found;
  }

  get found(): readonly FoundIdentifier[] {
    return this.#found;
  }

  /** "1 possible identifier was found", to be part of a sentence. */
  get summary(): string {
    const count = this.#found.length;
    return `${counted(count, 'possible identifier')} ${plural(count, 'was', 'were')} found`;
  }

  /**
   * Scans what every prompt of a project says: the definitions, guidelines, examples, counter-examples and styles of
   * chartmark.json, and the project's own template of `template`, if a template is sent. Topics are left out, because
   * many diseases are called after a person.
   */
  static ofPrompt(
    project: Project,
    { template, styles = true }: { readonly template?: 'ner' | 're'; readonly styles?: boolean },
  ): IdentifierScan {
    const sent = styles ? project : { ...project, styles: [] };
    return new IdentifierScan(findPromptIdentifiers(sent, template));
  }

  /** Scans texts of files. */
  static ofTexts(texts: readonly LocatedText[]): IdentifierScan {
    return new IdentifierScan(texts.flatMap((text) => locate(text, findInTokens(text.text))));
  }

  /**
   * Scans texts that a model wrote, for what no generated text may have: names, numbers, addresses and full dates. Ages,
   * months, towns and hospitals are allowed there.
   */
  static ofSynthetic(texts: readonly LocatedText[]): IdentifierScan {
    return new IdentifierScan(texts.flatMap((text) => locate(text, findRealIdentifiers(text.text))));
  }

  /**
   * Scans prompts as they are sent. The topics of each are left out, as above. A line that several prompts share is scanned
   * once and reported at its first place, so that many similar prompts take seconds.
   */
  static async ofPrompts(prompts: AsyncIterable<SentPrompt>): Promise<IdentifierScan> {
    const found: FoundIdentifier[] = [];
    // Messages and lines without a topic, and lines whose topics were left out.
    const scanned = new Set<string>();
    for await (const { file, line, messages, topics } of prompts) {
      // Of two topics that begin alike, the longer one is to be found.
      const names = topics.filter((name) => name.trim() !== '').toSorted((a, b) => b.length - a.length);
      for (const message of messages) {
        if (scanned.has(message)) continue;
        let hasTopics = false;
        for (const text of message.split('\n')) {
          if (scanned.has(text)) continue;
          const rest = withoutTopics(text, names);
          hasTopics ||= rest !== text;
          if (scanned.has(rest)) continue;
          scanned.add(rest);
          found.push(...findInTokens(rest).map(({ kind }) => ({ place: file, line, kind })));
        }
        if (!hasTopics) scanned.add(message);
      }
    }
    return new IdentifierScan(found);
  }

  /** Everything that this scan or the other one found. */
  and(other: IdentifierScan): IdentifierScan {
    return new IdentifierScan([...this.#found, ...other.#found]);
  }
}

const wordCharacter = /[\p{L}\p{N}]/u;

/** The text with a placeholder for each topic that is in it as a whole word. */
function withoutTopics(text: string, topics: readonly string[]): string {
  let rest = text;
  for (const topic of topics) {
    for (let at = rest.indexOf(topic); at !== -1;) {
      const end = at + topic.length;
      const isWord = !wordCharacter.test(rest.charAt(at - 1)) && !wordCharacter.test(rest.charAt(end));
      if (isWord) rest = `${rest.slice(0, at)}${leftOut}${rest.slice(end)}`;
      at = rest.indexOf(topic, isWord ? at + leftOut.length : end);
    }
  }
  return rest;
}

/** Takes the place of a topic. The scan takes it for a name that was removed. */
const leftOut = '[...]';

function locate(
  { file, lineAt }: LocatedText,
  findings: readonly IdentifierFinding[],
): readonly FoundIdentifier[] {
  return findings.map(({ kind, start }) => ({ place: file, line: lineAt(start), kind }));
}
