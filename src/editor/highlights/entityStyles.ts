import * as vscode from 'vscode';
import type { EntityType } from '../../project/project.ts';
import { type OtherSlots, slotCount, type StyleKey, styleKeyOf } from '../../annotation/styleKey.ts';

/** How the text and the tag of a mention look. */
interface EntityStyle {
  readonly text: vscode.TextEditorDecorationType;
  /** The text of a mention that the model was unsure of: a thin line and no ground. */
  readonly unsure: vscode.TextEditorDecorationType;
  readonly tag: vscode.TextEditorDecorationType;
}

/** The styles of mentions, made when first needed. */
export interface EntityStyles extends vscode.Disposable {
  /** The look of `label` where a project has these types. */
  keyOf(label: string, types: readonly EntityType[]): StyleKey;
  get(key: StyleKey): EntityStyle;
}

export function createEntityStyles(): EntityStyles {
  const styles = new Map<StyleKey, EntityStyle>();
  const others: OtherSlots = new Map();
  return {
    keyOf: (label, types) => styleKeyOf(label, types, others),
    get(key) {
      const style = styles.get(key) ?? createStyle(key);
      styles.set(key, style);
      return style;
    },
    dispose() {
      for (const { text, unsure, tag } of styles.values()) {
        text.dispose();
        unsure.dispose();
        tag.dispose();
      }
      styles.clear();
    },
  };
}

/** Each type has its own underline pattern, so that types can be distinguished without colour. */
const patterns = ['solid', 'dashed', 'dotted', 'double'];

function createStyle(key: StyleKey): EntityStyle {
  const slot = key.startsWith('slot')
    ? Number(key.slice(4))
    : 1 + (Number.parseInt(key.slice(1), 16) % slotCount);
  const [background, border] = key.startsWith('slot')
    ? [
        new vscode.ThemeColor(`chartmark.entity${slot}Background`),
        new vscode.ThemeColor(`chartmark.entity${slot}Border`),
      ]
    : [`${key}33`, key];
  const pattern = patterns[(slot - 1) % patterns.length] ?? 'solid';
  const underline = (line: string) => ({
    borderColor: border,
    borderStyle: pattern,
    borderWidth: slot <= patterns.length ? `0 0 ${line} 0` : `${line} 0 ${line} 0`,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  // Two lines with a gap between them take three pixels.
  const [wide, thin] = pattern === 'double' ? ['3px', '3px'] : ['2px', '1px'];
  return {
    text: vscode.window.createTextEditorDecorationType({ ...underline(wide), backgroundColor: background }),
    unsure: vscode.window.createTextEditorDecorationType(underline(thin)),
    tag: vscode.window.createTextEditorDecorationType({
      color: border,
      fontWeight: 'bold',
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  };
}
