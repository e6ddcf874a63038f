import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuleId, rules } from '../../src/rules.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addSite, addToken, addUser } from '../helpers/people.ts';
import { given, notBooleans, notLists, notObjects, notTexts } from '../helpers/section-rules.ts';
import { openDatabase, startServer } from '../helpers/server.ts';

const database = await openDatabase();
const [full, bare, other] = ['full.example.com', 'bare.example.com', 'other.example.com'];
await addSite(database, full);
await addSite(database, bare, { audioTypes: ['none'], tollFreeCallIn: false });
await addSite(database, other, { audioTypes: ['otherTeleconferenceService', 'voipOnly'] });
const sites = [full, bare, other];
const vera = { email: 'vera@example.com', sites, administers: sites, fullAdministrator: true };
await addToken(database, await addUser(database, vera), 'vera');
const request = clientOf((await startServer({ database })).url);

type Fields = Readonly<Record<string, unknown>>;

function patch(body: unknown, siteUrl = full): Promise<Answer> {
  const path = `/v1/admin/meeting/config/commonSettings?siteUrl=${siteUrl}`;
  return request({ method: 'PATCH', path, as: 'vera', body });
}

async function settingsOf(siteUrl: string): Promise<string> {
  return (await request({ path: `/v1/admin/meeting/config/commonSettings?siteUrl=${siteUrl}`, as: 'vera' }))
    .text;
}

interface Cases {
  readonly refused: readonly Fields[];
  readonly accepted: readonly Fields[];
  readonly on?: string;
}

/** What breaks the rule is refused for it alone and changes nothing; what is next to that is taken and answered. */
function rule(name: `${RuleId}: ${string}`, { refused, accepted, on = full }: Cases): void {
  const id = name.slice(0, name.indexOf(':')) as RuleId;
  test(name, async () => {
    assert.equal((await patch(accepted[0]!, on)).status, 200);
    const before = await settingsOf(on);
    for (const body of refused) {
      const answer = await patch(body, on);
      assertRefused(answer, 400, id);
      assert.ok(answer.body.message.includes(rules[id].must), answer.body.message);
      assert.equal(await settingsOf(on), before);
    }
    for (const body of accepted) {
      const answer = await patch(body, on);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(await settingsOf(on), answer.text);
      assertHas(answer.body, body);
    }
  });
}

function assertHas(found: Fields, wanted: Fields): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      assertHas(found[name] as Fields, value as Fields);
    } else assert.deepEqual(found[name], value, name);
  }
}

/** Each of `values` as this field of this group; a criterion needs strong passwords. */
function each(path: string, values: readonly unknown[]): Fields[] {
  const [group = '', field = '', criterion] = path.split('.');
  return values.map((value) => {
    if (field === '') return { [group]: value };
    if (criterion === undefined) return { [group]: { [field]: value } };
    return { [group]: { requireStrongPassword: true, [field]: { [criterion]: value } } };
  });
}

function flags(path: string): Cases {
  return { refused: each(path, given(notBooleans)), accepted: each(path, [true, false]) };
}

function counts(path: string): Cases {
  return { refused: each(path, [-1, 13, 1.5, 1e9, '8', true, [], {}]), accepted: each(path, [0, 8, 12]) };
}

function groups(path: string, fields: Fields): Cases {
  const inside = (value: unknown): Fields => {
    const [group = '', inner] = path.split('.');
    return inner === undefined
      ? { [group]: value }
      : { [group]: { requireStrongPassword: true, [inner]: value } };
  };
  return { refused: given(notObjects).map(inside), accepted: [inside(fields)] };
}

const security = 'securityOptions';
const criteria = `${security}.passwordCriteria`;
const scheduler = 'defaultSchedulerOptions';

rule(
  'site-settings.site-options: is an object',
  groups('siteOptions', { allowCustomPersonalRoomURL: false }),
);
rule(
  'site-settings.default-scheduler-options: is an object',
  groups(scheduler, { entryAndExitTone: 'Beep' }),
);
rule(
  'site-settings.schedule-meeting-options: is an object',
  groups('scheduleMeetingOptions', {
    emailReminders: false,
  }),
);
rule('site-settings.security-options: is an object', groups(security, { unlistAllMeetings: true }));
rule('site-settings.password-criteria: is an object', groups(criteria, { minLength: 9 }));

rule('site-settings.custom-room-url: is a boolean', flags('siteOptions.allowCustomPersonalRoomURL'));
rule('site-settings.join-without-pressing-one: is a boolean', flags(`${scheduler}.joinTeleconfNotPress1`));
rule('site-settings.toll-free: is a boolean', flags(`${scheduler}.tollFree`));
rule('site-settings.voip: is a boolean', flags(`${scheduler}.VoIP`));
rule('site-settings.email-reminders: is a boolean', flags('scheduleMeetingOptions.emailReminders'));
rule('site-settings.join-before-host: is a boolean', flags(`${security}.joinBeforeHost`));
rule('site-settings.unlist-all-meetings: is a boolean', flags(`${security}.unlistAllMeetings`));
rule('site-settings.require-login: is a boolean', flags(`${security}.requireLoginBeforeAccess`));
rule('site-settings.mobile-screen-capture: is a boolean', flags(`${security}.allowMobileScreenCapture`));
rule('site-settings.require-strong-password: is a boolean', flags(`${security}.requireStrongPassword`));
rule('site-settings.mixed-case: is a boolean', flags(`${criteria}.mixedCase`));
rule('site-settings.disallow-dynamic-web-text: is a boolean', flags(`${criteria}.disallowDynamicWebText`));
rule('site-settings.disallow-list: is a boolean', flags(`${criteria}.disallowList`));

const together = (field: string, values: readonly unknown[]): Fields[] =>
  values.map((value) => ({ [security]: { joinBeforeHost: true, [field]: value } }));
rule('site-settings.audio-before-host: is a boolean', {
  refused: together('audioBeforeHost', given(notBooleans)),
  accepted: together('audioBeforeHost', [true, false]),
});
rule('site-settings.first-attendee-as-presenter: is a boolean', {
  refused: together('firstAttendeeAsPresenter', given(notBooleans)),
  accepted: together('firstAttendeeAsPresenter', [true, false]),
});
rule('site-settings.before-host: asks for joining before the host', {
  refused: ['audioBeforeHost', 'firstAttendeeAsPresenter'].flatMap((field) => [
    { [security]: { [field]: true } },
    { [security]: { joinBeforeHost: false, [field]: true } },
  ]),
  accepted: [
    { [security]: { joinBeforeHost: false, audioBeforeHost: false, firstAttendeeAsPresenter: false } },
    { [security]: { joinBeforeHost: true, audioBeforeHost: true, firstAttendeeAsPresenter: true } },
  ],
});

rule('site-settings.entry-and-exit-tone: is one of three', {
  refused: each(`${scheduler}.entryAndExitTone`, [...given(notTexts), '', 'beep', 'Beep ', 'toString']),
  accepted: each(`${scheduler}.entryAndExitTone`, ['NoTone', 'AnnounceName', 'Beep']),
});
rule('site-settings.telephony-support: is one of three', {
  refused: each(`${scheduler}.telephonySupport`, [0, true, {}, '', 'none', 'CallInOnly', 'toString']),
  accepted: each(`${scheduler}.telephonySupport`, ['None', 'Other', 'WebexTeleconferencing']),
});
rule('site-settings.telephony-supported: is an audio that the site has', {
  refused: each(`${scheduler}.telephonySupport`, ['WebexTeleconferencing', 'Other']),
  accepted: each(`${scheduler}.telephonySupport`, ['None']),
  on: bare,
});
rule('site-settings.toll-free-supported: asks for call-in without paying', {
  refused: each(`${scheduler}.tollFree`, [true]),
  accepted: each(`${scheduler}.tollFree`, [false]),
  on: other,
});
rule('site-settings.voip-supported: asks for VoIP', {
  refused: each(`${scheduler}.VoIP`, [true]),
  accepted: each(`${scheduler}.VoIP`, [false]),
  on: bare,
});

rule('site-settings.criteria-in-force: belongs to strong passwords', {
  refused: [
    { [security]: { passwordCriteria: { minLength: 11 } } },
    { [security]: { requireStrongPassword: false, passwordCriteria: { disallowValues: ['x'] } } },
  ],
  accepted: [
    { [security]: { requireStrongPassword: false } },
    { [security]: { requireStrongPassword: true, passwordCriteria: { minLength: 11 } } },
    // What is in force already may be sent back.
    { [security]: { requireStrongPassword: false, passwordCriteria: { minLength: 11 } } },
  ],
});
rule('site-settings.min-length: is 0 to 12', counts(`${criteria}.minLength`));
rule('site-settings.min-numeric: is 0 to 12', counts(`${criteria}.minNumeric`));
rule('site-settings.min-alpha: is 0 to 12', counts(`${criteria}.minAlpha`));
rule('site-settings.min-special: is 0 to 12', counts(`${criteria}.minSpecial`));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));
rule('site-settings.disallow-values: is a list of up to 100 different texts', {
  refused: each(`${criteria}.disallowValues`, [...given(notLists), ['a', 'b', 'a'], numbers(101)]),
  accepted: each(`${criteria}.disallowValues`, [['passwd', 'Passwd'], numbers(100), []]),
});
rule('site-settings.disallow-value: is text of 1 to 64 characters', {
  refused: each(`${criteria}.disallowValues`, [[''], [5], [null], ['x'.repeat(65)]]),
  accepted: each(`${criteria}.disallowValues`, [['x', '密'.repeat(64)]]),
});
