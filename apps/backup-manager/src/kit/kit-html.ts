/** The sheet as a page that a browser prints on one side. @param text plain */
export function kitHtml(text: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Restore kit</title>
    <style>
      @page { margin: 15mm }
      pre { font: 9pt monospace; white-space: pre-wrap }
    </style>
  </head>
  <body>
    <pre>
${escaped(text)}</pre>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
