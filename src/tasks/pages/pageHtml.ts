import { randomBytes } from 'node:crypto';

/**
 * The frame of a page of ours: nothing runs or loads but the script and the style sheet of this name. `addressOf`
 * gives the address of a file of the extension, `source` is the origin of them all.
 */
export function pageHtml(
  name: string,
  title: string,
  source: string,
  addressOf: (file: string) => string,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'; font-src ${source}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${addressOf(`${name}.css`)}">
<title>${title}</title>
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${addressOf(`${name}.js`)}"></script>
</body>
</html>
`;
}
