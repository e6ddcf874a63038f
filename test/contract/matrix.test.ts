/** Every operation, every kind of caller, every user and every site they can name (contract section 2). */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { pathOf, sectionOf } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { type Decision, decide, type Question, type Subject } from './matrix/decision.ts';
import { reads, type Section, sections, type Write, writes } from './matrix/operations.ts';
import {
  createWorld,
  foreignEmail,
  foreignSite,
  unknownEmail,
  unknownSite,
  unmanagedSite,
} from './matrix/world.ts';

const server = await startServer();
const request = clientOf(server.url);
const { people, callers, emailsFor, sitesFor } = await createWorld(server.database);
const subjects = people.flatMap((person) => person.sites.map((siteUrl): Subject => ({ person, siteUrl })));

interface Case extends Question {
  readonly decision: Decision;
  /** What the request writes, if it is a write that is let through. */
  readonly mark: string;
}

function casesOf(access: 'read' | 'write'): Case[] {
  const questions = callers.flatMap((caller) =>
    emailsFor(caller).flatMap((userEmail) =>
      sitesFor(caller).map((siteUrl): Question => ({ caller, access, userEmail, siteUrl })),
    ),
  );
  return questions.map((question, index) => ({
    ...question,
    decision: decide(question, people),
    mark: `case-${index}`,
  }));
}

function keyOf({ person, siteUrl }: Subject): string {
  return `${person.token}.${siteUrl}`;
}

function nameOf({ caller, userEmail, siteUrl }: Question): string {
  return `${caller.token} for ${userEmail} on ${siteUrl}`;
}

function send({ caller, userEmail, siteUrl }: Question, path: string, write?: object): Promise<Answer> {
  return request({ path: pathOf(path, { userEmail, siteUrl }), as: caller.token, ...write });
}

function assertDecided(answer: Answer, asked: Case): void {
  const { decision } = asked;
  assert.ok(decision.status !== 200);
  assert.equal(answer.status, decision.status, `${nameOf(asked)}: ${answer.text}`);
  assertRefused(answer, decision.status);
  if (decision.says !== undefined) assert.match(answer.body.message, decision.says);
}

/** Runs through a list some at a time: a server has better things to do than to keep thousands waiting. */
async function inGroups<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 32) {
    results.push(...(await Promise.all(items.slice(start, start + 32).map(run))));
  }
  return results;
}

async function documentsOf({ name }: Pick<Section, 'name'>): Promise<Map<string, string>> {
  const read = async ({ person, siteUrl }: Subject): Promise<string> =>
    JSON.stringify(await sectionOf(request, name, person.token, siteUrl).read());
  const texts = await inGroups(subjects, read);
  return new Map(subjects.map((subject, index) => [keyOf(subject), texts[index]!]));
}

async function mark(section: Section, more: readonly string[] = []): Promise<void> {
  await inGroups(subjects, async ({ person, siteUrl }) => {
    const body = section.with([keyOf({ person, siteUrl }), ...more]);
    const answer = await sectionOf(request, section.name, person.token, siteUrl).put(body);
    assert.equal(answer.status, 200, answer.text);
  });
}

/** An answer apart from what differs between any two. */
function appearance({ status, headers, body: { trackingId: _, ...body } }: Answer): string {
  const kept = [...headers].filter(([name]) => !['date', 'trackingid'].includes(name));
  return JSON.stringify({ status, kept, body });
}

/** What exists where the caller may not look has to look like what does not. */
function assertNothingLeaks(cases: readonly Case[], answers: readonly Answer[]): void {
  const found = new Map(cases.map((asked, index) => [nameOf(asked), answers[index]!]));
  for (const asked of cases) {
    const answer = found.get(nameOf(asked))!;
    const { userEmail, siteUrl, decision, caller } = asked;
    const isForeign = userEmail === foreignEmail[caller.person.organization];
    const isSomebodyElses = userEmail !== undefined && userEmail.toLowerCase() !== caller.person.email;
    if (isForeign || (decision.status === 403 && isSomebodyElses)) {
      const unknown = found.get(nameOf({ ...asked, userEmail: unknownEmail }))!;
      assert.equal(appearance(answer), appearance(unknown), nameOf(asked));
    }
    const isHidden = [foreignSite[caller.person.organization], unmanagedSite].includes(siteUrl);
    if (isHidden && decision.status !== 200) {
      const unknown = found.get(nameOf({ ...asked, siteUrl: unknownSite }))!;
      assert.equal(appearance(answer), appearance(unknown), nameOf(asked));
    }
  }
}

before(async () => {
  for (const { token, sites } of people) {
    const path = pathOf('sites', { defaultSite: 'true' });
    const answer = await request({ method: 'PUT', path, as: token, body: { siteUrl: sites[0] } });
    assert.equal(answer.status, 200);
  }
  for (const section of sections) await mark(section);
});

test('the matrix reaches every kind of decision', () => {
  for (const access of ['read', 'write'] as const) {
    const statuses = new Set(casesOf(access).map(({ decision }) => decision.status));
    assert.deepEqual([...statuses].sort(), [200, 401, 403, 404]);
  }
});

for (const path of reads) {
  test(`GET /${path} answers whom it may, with the right preferences`, async () => {
    const expected = await documentsOf({ name: path });
    if (!['sites', 'defaults'].includes(path)) assert.equal(new Set(expected.values()).size, subjects.length);
    const cases = casesOf('read');
    const answers = await inGroups(cases, (asked) => send(asked, path));
    for (const [index, asked] of cases.entries()) {
      const answer = answers[index]!;
      const { decision } = asked;
      if (decision.status === 200) {
        assert.equal(answer.status, 200, `${nameOf(asked)}: ${answer.text}`);
        assert.equal(answer.text, expected.get(keyOf(decision.subject)), nameOf(asked));
      } else assertDecided(answer, asked);
    }
    assertNothingLeaks(cases, answers);
  });
}

for (const write of writes) {
  const { method, path, section } = write;

  test(`${method} /${path} refuses whom it must, and changes nothing`, async () => {
    await mark(section);
    const unchanged = await documentsOf(section);
    const cases = casesOf('write').filter(({ decision }) => decision.status !== 200);
    const answers = await inGroups(cases, (asked) => send(asked, path, { method, body: write.body('x') }));
    for (const [index, asked] of cases.entries()) assertDecided(answers[index]!, asked);
    assertNothingLeaks(cases, answers);
    assert.deepEqual(await documentsOf(section), unchanged);
  });

  test(`${method} /${path} changes the right preferences and no others`, async () => {
    await assertWritesArrive(write);
  });
}

async function assertWritesArrive({ method, path, section, body, before, after }: Write): Promise<void> {
  const cases = casesOf('write').filter(({ decision }) => decision.status === 200);
  const start = cases.flatMap((asked) => before(asked.mark));
  await mark(section, start);
  const marks = new Map(subjects.map((subject) => [keyOf(subject), [keyOf(subject), ...start]]));
  for (const asked of cases) {
    assert.ok(asked.decision.status === 200);
    const { person, siteUrl } = asked.decision.subject;
    const key = keyOf(asked.decision.subject);
    marks.set(key, [...after(marks.get(key)!, asked.mark)]);
    const answer = await send(asked, path, { method, body: body(asked.mark) });
    assert.ok([200, 204].includes(answer.status), `${nameOf(asked)}: ${answer.text}`);
    const document = await sectionOf(request, section.name, person.token, siteUrl).read();
    assert.deepEqual(section.marksOf(document), marks.get(key), nameOf(asked));
  }
  for (const [key, text] of await documentsOf(section)) {
    assert.deepEqual(section.marksOf(JSON.parse(text)), marks.get(key), key);
  }
}
