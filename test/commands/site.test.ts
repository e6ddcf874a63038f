import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anteroom, json } from './command-line.ts';
import { createUser, refused, site, small } from './small-directory.ts';

test('every setting has a flag', async () => {
  const path = await small();
  const numbers = [{ label: 'US Toll', callInNumber: '+1 415 555 0100', tollType: 'toll' }];
  const flags = {
    '--host-pin-length': '6',
    '--audio-types': 'voipOnly, none',
    '--global-call-in': 'false',
    '--toll-free-call-in': 'false',
    '--join-before-host': 'false',
    '--call-in-numbers': JSON.stringify(numbers),
    '--dial-in-ip-address': '192.0.2.1',
    '--sip-domain': 'sip.example.com',
    '--room-id-rule': '{"prefix":"r","siteLetters":0,"digits":6}',
    '--call-back': 'false',
    '--global-call-back': 'false',
    '--site-options': '{"allowCustomPersonalRoomURL":false}',
    '--default-scheduler-options': '{"telephonySupport":"None"}',
    '--schedule-meeting-options': '{"emailReminders":false}',
    '--security-options': '{"passwordCriteria":{"minLength":9}}',
  };
  const made = await json(
    path,
    'site',
    'create',
    '--site-url',
    'THREE.example.com',
    ...Object.entries(flags).flat(),
  );
  assert.equal(made.siteUrl, 'three.example.com');
  assert.deepEqual(made.settings, {
    hostPinLength: 6,
    audioTypes: ['voipOnly', 'none'],
    globalCallIn: false,
    tollFreeCallIn: false,
    joinBeforeHost: false,
    callInNumbers: numbers,
    dialInIpAddress: '192.0.2.1',
    sipDomain: 'sip.example.com',
    roomIdRule: { prefix: 'r', siteLetters: 0, digits: 6 },
    callBack: false,
    globalCallBack: false,
    siteOptions: { allowCustomPersonalRoomURL: false },
    defaultSchedulerOptions: {
      entryAndExitTone: 'Beep',
      joinTeleconfNotPress1: false,
      tollFree: false,
      telephonySupport: 'None',
    },
    scheduleMeetingOptions: { emailReminders: false },
    securityOptions: {
      audioBeforeHost: false,
      firstAttendeeAsPresenter: false,
      unlistAllMeetings: false,
      requireLoginBeforeAccess: false,
      allowMobileScreenCapture: true,
      requireStrongPassword: false,
      passwordCriteria: {
        mixedCase: false,
        minLength: 9,
        minNumeric: 0,
        minAlpha: 0,
        minSpecial: 0,
        disallowDynamicWebText: false,
        disallowList: false,
        disallowValues: [],
      },
    },
  });
  assert.deepEqual(Object.keys(flags).length, Object.keys(made.settings).length);
});

test('update keeps what is not named; flags win over --settings', async () => {
  const path = await small();
  await anteroom(
    path,
    'site',
    'update',
    site,
    '--settings',
    '{"hostPinLength":5,"sipDomain":"a.example.com"}',
  );
  await anteroom(path, 'site', 'update', site, '--settings', '{"hostPinLength":6}', '--host-pin-length', '7');
  const { settings } = await json(path, 'site', 'show', 'ONE.example.com');
  assert.deepEqual([settings.hostPinLength, settings.sipDomain], [7, 'a.example.com']);
});

test('update keeps the fields of a group that are not named', async () => {
  const path = await small();
  const update = (flag: string, value: object) =>
    anteroom(path, 'site', 'update', site, flag, JSON.stringify(value));
  await update('--security-options', { unlistAllMeetings: true, passwordCriteria: { minAlpha: 3 } });
  await update('--security-options', { passwordCriteria: { minNumeric: 2 } });
  const { securityOptions } = (await json(path, 'site', 'show', site)).settings;
  const { minAlpha, minNumeric } = securityOptions.passwordCriteria;
  assert.deepEqual([securityOptions.unlistAllMeetings, minAlpha, minNumeric], [true, 3, 2]);
  const wrong = ['site', 'update', site, '--security-options', '{"passwordCriteria":{"minAlpha":13}}'];
  await refused('UsageError', /minAlpha must be at most 12/, path, ...wrong);
});

test('what is refused', async () => {
  const path = await small();
  const create = ['site', 'create', '--site-url'];
  await refused(
    'CommandError',
    /one\.example\.com exists already, in the organization "Example"/,
    path,
    ...create,
    'ONE.example.com',
  );
  await refused('UsageError', /siteUrl must be a bare host/, path, ...create, 'https://a.example.com');
  await refused(
    'UsageError',
    /hostPinLength must be a whole number, not "x"/,
    path,
    ...create,
    'a.b',
    '--host-pin-length',
    'x',
  );
  await refused(
    'UsageError',
    /globalCallIn must be true or false, not "no"/,
    path,
    ...create,
    'a.b',
    '--global-call-in',
    'no',
  );
  await refused(
    'UsageError',
    /audioTypes\[1\] must be one of/,
    path,
    ...create,
    'a.b',
    '--audio-types',
    'none,some',
  );
  await refused(
    'UsageError',
    /^--call-in-numbers must be JSON/,
    path,
    ...create,
    'a.b',
    '--call-in-numbers',
    '[',
  );
  await refused(
    'UsageError',
    /^--settings must be a JSON object/,
    path,
    ...create,
    'a.b',
    '--settings',
    '[]',
  );
  await refused('UsageError', /"pin" is not a field here/, path, ...create, 'a.b', '--settings', '{"pin":4}');
  await refused(
    'CommandError',
    /There is no site "a\.b"\. `anteroom site list` shows all/,
    path,
    'site',
    'update',
    'a.b',
  );
  await anteroom(path, 'organization', 'create', '--name', 'Other');
  await refused('UsageError', /There are 2 organizations: say which one/, path, ...create, 'a.b');
});

test('whose default site is deleted gets another of theirs', async () => {
  const path = await small();
  await anteroom(path, 'user', 'update', 'ann@example.com', '--site', 'two.example.com');
  await createUser(path, 'bob@example.com', '--site', site);
  await refused('UsageError', /of 2 users on it, for good/, path, 'site', 'delete', site);
  await anteroom(path, 'site', 'delete', site, '--yes');
  const [ann, bob] = (await json(path, 'user', 'list')).users;
  assert.deepEqual([ann.defaultSite, ann.sites], ['two.example.com', 1]);
  assert.deepEqual([bob.defaultSite, bob.sites], [null, 0]);
  const { sites, total } = await json(path, 'site', 'list', '--organization', 'Example');
  assert.deepEqual([sites[0].siteUrl, sites[0].users, total], ['two.example.com', 1, 1]);
});
