interface PageParts {
  readonly title: string;
  /** Addresses that the webview may load. */
  readonly script: string;
  readonly style: string;
  /** The origin of the extension's own files. */
  readonly source: string;
  readonly nonce: string;
}

/** The frame of a page of ours: nothing runs or loads but the extension's own script and style sheet. */
export function pageHtml({ title, script, style, source, nonce }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'; font-src ${source}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${title}</title>
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
