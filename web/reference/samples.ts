/** Examples of a request in the languages that most clients are written in; all that they need comes with the language. */

export interface SampleRequest {
  readonly method: string;
  readonly url: string;
  /** The media type and JSON value of the body; undefined for none. */
  readonly body: { readonly mediaType: string; readonly value: unknown } | undefined;
  /** Whether the answer has a body. */
  readonly hasAnswer: boolean;
}

export interface Sample {
  readonly lang: string;
  readonly label: string;
  readonly source: string;
}

/** The token is taken from the environment variable ANTEROOM_TOKEN. */
export function samplesOf(request: SampleRequest): Sample[] {
  return [
    { lang: 'shell', label: 'curl', source: curl(request) },
    { lang: 'typescript', label: 'TypeScript', source: typeScript(request) },
    { lang: 'python', label: 'Python', source: python(request) },
  ];
}

function curl({ method, url, body }: SampleRequest): string {
  const parts = [
    `curl -X ${method} ${quoted(url)}`,
    '-H "Authorization: Bearer $ANTEROOM_TOKEN"',
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: ${body.mediaType}'`, `-d ${quoted(JSON.stringify(body.value, null, 2))}`]),
  ];
  return parts.join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function typeScript({ method, url, body, hasAnswer }: SampleRequest): string {
  return `const response = await fetch(${JSON.stringify(url)}, {
  method: ${JSON.stringify(method)},
  headers: {
    authorization: \`Bearer \${process.env.ANTEROOM_TOKEN}\`,${body === undefined ? '' : `\n    'content-type': ${JSON.stringify(body.mediaType)},`}
  },${body === undefined ? '' : `\n  body: JSON.stringify(${indented(literal(body.value), 2)}),`}
});
if (!response.ok) throw new Error(\`\${response.status}: \${await response.text()}\`);${hasAnswer ? '\nconsole.log(await response.json());' : ''}`;
}

/** JSON with bare names, as TypeScript is written. */
function literal(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/^( *)"([A-Za-z_]\w*)":/gm, '$1$2:');
}

function indented(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}

function python({ method, url, body, hasAnswer }: SampleRequest): string {
  return `import json
import os
import urllib.request

request = urllib.request.Request(
    ${JSON.stringify(url)},
    method=${JSON.stringify(method)},
    headers={
        "Authorization": f"Bearer {os.environ['ANTEROOM_TOKEN']}",${body === undefined ? '' : `\n        "Content-Type": ${JSON.stringify(body.mediaType)},`}
    },${body === undefined ? '' : `\n    data=json.dumps(${indented(pythonOf(body.value), 4)}).encode(),`}
)
with urllib.request.urlopen(request) as response:
    print(${hasAnswer ? 'json.load(response)' : 'response.status'})`;
}

const pythonNames = new Map<unknown, string>([
  [null, 'None'],
  [true, 'True'],
  [false, 'False'],
]);

function pythonOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return pythonNames.get(value) ?? JSON.stringify(value);
  const isList = Array.isArray(value);
  const items = isList
    ? value.map(pythonOf)
    : Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${pythonOf(inner)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return items.length === 0
    ? `${open}${close}`
    : `${open}\n${items.map((item) => `    ${indented(item, 4)},\n`).join('')}${close}`;
}
