/**
 * Two server processes on one database: clients of both change the same documents, and documents of their own, in every
 * way there is, and all that they are answered is held against a model.
 *
 * What they ask is made by fast-check of a seed, which ANTEROOM_TEST_SEED gives again. When they are answered is up to two
 * real processes: the same plan can fail once and not the next time. That is why nothing is shrunk.
 */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, test } from 'node:test';
import { site1, site4 } from '../helpers/bodies.ts';
import { demoUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { seedPopulation } from '../helpers/population.ts';
import { randomSections } from '../helpers/random-bodies.ts';
import { Observations } from './observations.ts';
import { type Documents, PlanClient } from './plan-client.ts';
import { plansFor, type Step } from './plans.ts';
import { forkServer } from './processes.ts';

const seed = Number(process.env.ANTEROOM_TEST_SEED ?? randomInt(2 ** 31));
const stepsOfEach = 50;
/** How many clients change the documents of each person. */
const clientsOfEach = [1, 1, 1, 1, 10, 10];
const clients = clientsOfEach.reduce((sum, count) => sum + count);

const databaseUrl = await demoUrl();
const database = await openAt(databaseUrl);
const people = await seedPopulation(database, clientsOfEach.length, new Date().toISOString());
after(() => database.close());
const urls = [(await forkServer(databaseUrl)).url, (await forkServer(databaseUrl)).url];

interface Played {
  readonly documents: Documents;
  /** How many changes were made while another one of the same document was. */
  readonly overlaps: number;
}

/** Lets a client for each of the plans at the documents of one person, and tells what they were answered. */
async function play(token: string, siteUrl: string, plans: readonly Step[][]): Promise<Played> {
  const documents = new Map<Observations['section'], Observations>();
  const owner = new PlanClient(urls, token, siteUrl);
  for (const { name } of randomSections) {
    documents.set(name, new Observations(name, await owner.read(name, 0)));
  }
  await Promise.all(plans.map((plan) => new PlanClient(urls, token, siteUrl).play(plan, documents)));
  let overlaps = 0;
  for (const [name, document] of documents) {
    for (const server of urls.keys()) {
      const found = document.judge(await owner.history(name, server), await owner.read(name, server));
      if (server === 0) overlaps += found;
    }
  }
  return { documents, overlaps };
}

test(`no update is lost, no read is stale, and the history replays to what is there (seed ${seed})`, async (t) => {
  const plans = plansFor(clients, stepsOfEach, seed);
  const played = await Promise.all(
    people.map(({ token }, index) =>
      // On the first site nobody has stored anything yet.
      play(token, index % 2 === 0 ? site1 : site4, plans.splice(0, clientsOfEach[index])),
    ),
  );
  const results: Record<string, number> = {};
  for (const { attempts } of played.flatMap(({ documents }) => [...documents.values()])) {
    for (const { change, result } of attempts) {
      const name = result === 'accepted' ? change.kind : result;
      results[name] = (results[name] ?? 0) + 1;
    }
  }
  const overlaps = played.reduce((sum, person) => sum + person.overlaps, 0);
  t.diagnostic(JSON.stringify({ ...results, overlaps }));
  for (const name of ['put', 'patch', 'insert', 'delete', 'revert', 'unmatched', 'overtaken']) {
    assert.ok(results[name]! > 0, `no ${name}`);
  }
  assert.ok(overlaps > 0, 'one after the other');
  assert.ok((results.lost ?? 0) < (clients * stepsOfEach) / 100, 'too many lose');
});

test('every version was made from the one before', async () => {
  const orphans = `select count(*) as orphans from preferences later where revision > 1 and not exists (
    select 1 from preferences before where before.user_id = later.user_id and before.site_url = later.site_url
    and before.section = later.section and before.revision = later.revision - 1
    and before.checksum = later.parent)`;
  assert.equal(Number((await database.get(orphans, []))!.orphans), 0);
});
