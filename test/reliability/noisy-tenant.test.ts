/** One client that sends ten times its share, beside others that keep to theirs. */
import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { externalUrl, startServer } from '../helpers/server.ts';

const path = '/v1/meetingPreferences/schedulingOptions';
const tokenRate = 40;
const durationMs = 3_000;
const quiet = ['john-read', 'marcus', 'brenda', 'admin', 'site-admin', 'other-olga'];

interface Counts {
  served: number;
  refused: number;
}

/** Sends at an even pace, whether or not answers come. */
async function sendEvenly(url: string, agent: Agent, as: string, rate: number): Promise<Counts> {
  const counts = { served: 0, refused: 0 };
  const answered: Promise<void>[] = [];
  const start = performance.now();
  for (let sent = 0; performance.now() - start < durationMs; ) {
    const due = Math.floor(((performance.now() - start) * rate) / 1_000);
    for (; sent < due; sent += 1) answered.push(sendOne(url, agent, as, counts));
    await wait(5);
  }
  await Promise.all(answered);
  return counts;
}

function sendOne(url: string, agent: Agent, as: string, counts: Counts): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer anteroom-dev-${as}` };
    const sent = request(url + path, { agent, headers }, (answer) => {
      if (answer.statusCode === 200) counts.served += 1;
      else counts.refused += 1;
      answer.resume().on('end', resolve);
    });
    sent.on('error', reject).end();
  });
}

const onlyOwn = { skip: externalUrl === undefined ? false : 'needs limits of its own' };

test(
  'others keep four fifths of what they have alone, and the noisy one gets its share',
  onlyOwn,
  async () => {
    const { url } = await startServer({ tokenRate, tokenBurst: tokenRate });
    const agents = [...quiet, 'john'].map(() => new Agent({ keepAlive: true, maxSockets: 50 }));
    // A little less than allowed: what is lost is then somebody else's doing.
    const pace = tokenRate * 0.9;
    const others = () => Promise.all(quiet.map((as, index) => sendEvenly(url, agents[index]!, as, pace)));
    const alone = await others();
    const noise = sendEvenly(url, agents.at(-1)!, 'john', tokenRate * 10);
    const beside = await others();
    const noisy = await noise;
    for (const agent of agents) agent.destroy();
    for (const [index, { served }] of beside.entries()) {
      assert.ok(
        served >= alone[index]!.served * 0.8,
        `${quiet[index]}: ${served} of ${alone[index]!.served}`,
      );
    }
    const share = tokenRate * (durationMs / 1_000 + 1);
    assert.ok(noisy.served >= share * 0.8 && noisy.served <= share * 1.1, `${noisy.served}, not ${share}`);
    assert.ok(noisy.refused > noisy.served);
  },
);
