/**
 * Starts the program once and asks it a little, so that Node keeps what it compiled for that: the first start after
 * `npm ci` is then as quick as all later ones.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const readyWithinMs = 30_000;
const options = ['dev', '--memory', '--port', '0', '--log-level', 'silent'];
const child = spawn(process.execPath, ['bin/anteroom.js', ...options], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const tooLate = setTimeout(() => child.kill('SIGKILL'), readyWithinMs);
let screen = '';
for await (const chunk of child.stdout.setEncoding('utf8')) {
  screen += chunk;
  if (/\bReady\b/.test(screen)) break;
}
const url = /http:\/\/[\d.]+:\d+/.exec(screen)?.[0];
const request = {
  headers: { authorization: 'Bearer anteroom-dev-john', 'content-type': 'application/json' },
};
for (const section of ['', '/schedulingOptions', '/audio']) {
  await fetch(`${url}/v1/meetingPreferences${section}`, request);
}
const body = JSON.stringify({ delegateEmails: null });
await fetch(`${url}/v1/meetingPreferences/schedulingOptions`, { ...request, method: 'PUT', body });
child.kill('SIGTERM');
const [code] = await once(child, 'exit');
clearTimeout(tooLate);
process.exitCode = code === 0 ? 0 : 1;
