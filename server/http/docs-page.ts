import { problemCodes } from '#shared/problem.ts';
import { servicePaths } from '#shared/service-api.ts';
import { escapeHtml } from './escape-html.ts';
import { openApiDocument } from './openapi.ts';
import { operations, type Operation } from './operations.ts';
import { problemTable } from './problem-table.ts';

interface Described {
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

/** The API as a page: every endpoint with its schemas, and every problem code under its own anchor. */
export function docsPage(): string {
  const paths = openApiDocument().paths as Record<string, Record<string, Described>>;
  const sections = operations.map((operation) => {
    const described = paths[operation.path.replaceAll(/:(\w+)/g, '{$1}')]![operation.method]!;
    return section(operation, described);
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>API · Delineate Downloads</title><style>${style}</style></head>
<body><main><h1>Downloads API</h1>
<p>Ask with <code>POST /v1/download/initiate</code>, poll the status as often as <code>nextPollInMs</code> says, and follow
<code>result.url</code> when the job is completed. Machine-readable: <a href="${servicePaths.openApi}">${servicePaths.openApi}</a>.</p>
<nav aria-label="Endpoints"><ul>${operations.map(link).join('')}<li><a href="#problems">Problem codes</a></li></ul></nav>
${sections.join('\n')}
<section><h2 id="problems">Problem codes</h2>
<p>Errors are <code>application/problem+json</code> (RFC 9457); <code>type</code> leads here.</p>
<dl>${problemCodes.map(problem).join('')}</dl></section></main></body></html>
`;
}

const link = ({ id, method, path }: Operation) => `<li><a href="#${id}"><b>${method.toUpperCase()}</b> ${escapeHtml(path)}</a></li>`;

function section(operation: Operation, { parameters, requestBody, responses }: Described): string {
  const body = Object.values(requestBody?.content ?? {})[0]?.schema;
  const answers = Object.entries(responses).map(([status, { description, content }]) => {
    const schema = content?.['application/json']?.schema;
    return `<li><b>${status}</b> ${asCode(description)}${schema ? details('schema of the answer', schema) : ''}</li>`;
  });
  return `<section><h2 id="${operation.id}"><b>${operation.method.toUpperCase()}</b> ${escapeHtml(operation.path)}</h2>
<p>${asCode(operation.summary)}</p>
${parameters.length > 0 ? `<h3>Parameters</h3><ul>${parameters.map(parameter).join('')}</ul>` : ''}
${body ? `<h3>Body</h3>${details('schema of the body', body)}` : ''}
<h3>Answers</h3><ul>${answers.join('')}</ul></section>`;
}

const parameter = ({ name, in: place, required, schema }: Described['parameters'][number]) =>
  `<li><code>${escapeHtml(name)}</code> in ${place}${required ? ', required' : ''} <small>${escapeHtml(JSON.stringify(schema))}</small></li>`;

const details = (title: string, schema: object) =>
  `<details><summary>${title}</summary><pre tabindex="0">${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`;

const problem = (code: (typeof problemCodes)[number]) =>
  `<dt id="${code}"><code>${code}</code> · ${problemTable[code].status} ${problemTable[code].title}</dt><dd>${asCode(problemTable[code].meaning)}</dd>`;

const asCode = (text: string) => escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const style = `body{font:15px/1.55 system-ui,sans-serif;margin:0;background:Canvas;color:CanvasText}
main{max-width:52rem;margin:0 auto;padding:32px 20px 80px}h1{font-size:30px;letter-spacing:-.02em}
h2{font-size:18px;margin:44px 0 8px;overflow-wrap:anywhere}h2 b,nav b{display:inline-block;min-width:5.2em;font-size:.8em}nav a{text-decoration:none}
h3{font-size:13px;margin:16px 0 4px}ul{padding-left:1.2em}nav ul{list-style:none;padding:0}
code,pre,small{font-family:ui-monospace,Menlo,monospace;font-size:.88em}pre{overflow:auto;padding:12px;border:1px solid color-mix(in srgb,currentColor 20%,transparent);border-radius:8px}
dt{margin-top:16px;font-weight:600}dd{margin:2px 0 0}dt:target{outline:2px solid;outline-offset:6px;border-radius:2px}a{color:LinkText}`;
