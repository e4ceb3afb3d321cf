import type { Workbench } from './workbench.ts';

/** A rectangle on the screen, in CSS pixels. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The texts that decorations of extensions lie behind, in reading order: what a person sees highlighted in
 * the active editor. The editor draws the highlights on a layer of their own, so that only the place on the
 * screen tells which characters are meant.
 */
export async function highlightedTexts({ page }: Workbench): Promise<string[]> {
  const editor = page.locator('.editor-group-container.active .monaco-editor').first();
  const highlights = await editor
    .locator('.view-overlays .cdr[class*="ced-"]')
    .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON() as Box));
  const characters = await editor.locator('.view-line').evaluateAll((lines) =>
    lines.flatMap((line) => {
      const found: { text: string; box: Box }[] = [];
      const walker = line.ownerDocument.createTreeWalker(line, 4 /* text nodes */);
      const range = line.ownerDocument.createRange();
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.textContent ?? '';
        for (let i = 0; i < text.length; i++) {
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          found.push({ text: text.charAt(i), box: range.getBoundingClientRect().toJSON() as Box });
        }
      }
      return found;
    }),
  );
  return highlights
    .sort((a, b) => a.top - b.top || a.left - b.left)
    .map((highlight) =>
      characters
        .filter(({ box }) => holds(highlight, box))
        .map(({ text }) => text)
        .join(''),
    );
}

function holds(outer: Box, inner: Box): boolean {
  const x = (inner.left + inner.right) / 2;
  const y = (inner.top + inner.bottom) / 2;
  return outer.left <= x && x <= outer.right && outer.top <= y && y <= outer.bottom;
}
