import {
  ann,
  type Case,
  document,
  scopes,
  sha256,
  site,
  testCases,
  user,
  users,
  value,
  withSite,
  withToken,
} from './faults.ts';

const shapes: readonly Case[] = [
  ['no object', ['a list'], ['', /^The file must be an object with fields/]],
  ['no organizations', {}, ['organizations', /^organizations is missing/]],
  ['organizations of another type', { organizations: {} }, ['organizations', /must be a list/]],
  [
    'a field beside them',
    { ...document({}), version: 1 },
    ['version', /is not a field here; the fields are organizations/],
  ],
  [
    'an organization without a name',
    document({ name: undefined }),
    ['organizations[0].name', /name is missing/],
  ],
  ['a name of two lines', document({ name: 'a\nb' }), ['organizations[0].name', /in one line, not "a\\nb"/]],
  ['an empty name', document({ name: '' }), ['organizations[0].name', /1 to 128 characters/]],
  ['half a surrogate pair', document({ name: '\ud800' }), ['organizations[0].name', /in one line/]],
  ['an id that is no uuid', document({ id: 'one' }), ['organizations[0].id', /must be a uuid in lower case/]],
  [
    'a site URL with a scheme',
    document({ sites: [{ siteUrl: 'https://a.b' }] }),
    ['organizations[0].sites[0].siteUrl', /bare host/],
  ],
  [
    'a site URL with a port',
    document({ sites: [{ siteUrl: 'a.b:443' }] }),
    ['organizations[0].sites[0].siteUrl', /bare host/],
  ],
  [
    'settings',
    document({
      sites: [
        { ...site, settings: { hostPinLength: 3, audioTypes: [], sipdomain: '', roomIdRule: { digits: 6 } } },
      ],
    }),
    ['organizations[0].sites[0].settings.hostPinLength', /must be at least 4, not 3/],
    ['organizations[0].sites[0].settings.audioTypes', /not be empty/],
    ['organizations[0].sites[0].settings.sipdomain', /"sipdomain" is not a field here/],
    ['organizations[0].sites[0].settings.roomIdRule.prefix', /prefix is missing/],
    ['organizations[0].sites[0].settings.roomIdRule.siteLetters', /siteLetters is missing/],
  ],
  [
    'a field inside a setting',
    document({
      sites: [{ ...site, settings: { roomIdRule: { prefix: '', siteLetters: 1, digits: 6, x: 1 } } }],
    }),
    ['organizations[0].sites[0].settings.roomIdRule.x', /"x" is not a field/],
  ],
  [
    'a misspelled field',
    users({ ...ann, emial: '' }),
    [`${user}.emial`, /"emial" is not a field here; the fields are email, /],
  ],
  [
    'an invalid address',
    users({ ...ann, email: 'ann@' }),
    [`${user}.email`, /e-mail address such as .*, not "ann@"/],
  ],
  ['a missing address', users({ displayName: 'Ann' }), [`${user}.email`, /email is missing/]],
  ['null for text', users({ ...ann, displayName: null }), [`${user}.displayName`, /must be text/]],
  [
    'text for a flag',
    users({ ...ann, fullAdministrator: 'yes' }),
    [`${user}.fullAdministrator`, /must be true or false, not "yes"/],
  ],
  [
    'a user id of another form',
    users({ ...ann, id: '??' }),
    [`${user}.id`, /must be a uuid in lower case, or a person id/],
  ],
  [
    'a person id without a uuid',
    users({ ...ann, id: 'Zm9v' }),
    [`${user}.id`, /must be a uuid in lower case, or a person id/],
  ],
  [
    'a room id of other characters',
    withSite({ personalMeetingRoomId: 'a b' }),
    [`${user}.sites[0].personalMeetingRoomId`, /1 to 64 letters/],
  ],
  [
    'a number for digits',
    withSite({ room: { accessCode: 1234567890 } }),
    [`${user}.sites[0].room.accessCode`, /6 to 16 digits, not 1234567890; put it in quotes/],
  ],
  ['a meeting id', withSite({ room: { meetingId: 'A' } }), [`${user}.sites[0].room.meetingId`, /32 digits/]],
  [
    'easy first PINs',
    withSite({ room: { initialPins: '1234000000009753' } }),
    [`${user}.sites[0].room.initialPins`, /^initialPins must neither/],
  ],
  [
    'easy last PINs',
    withSite({ room: { initialPins: '9753000000001111' } }),
    [`${user}.sites[0].room.initialPins`, /^initialPins must neither/],
  ],
  [
    'too few PINs',
    withSite({ room: { initialPins: '9753' } }),
    [`${user}.sites[0].room.initialPins`, /16 digits[^"]*$/],
  ],
  [
    'an unknown scope',
    withToken({ sha256, scopes: ['meeting:read'] }),
    [
      `${user}.tokens[0].scopes[0]`,
      /scopes\[0\] must be one of meeting:preferences_read.*not "meeting:read"/,
    ],
  ],
  ['no scope', withToken({ sha256, scopes: [] }), [`${user}.tokens[0].scopes`, /not be empty/]],
  [
    'a scope twice',
    withToken({ sha256, scopes: [...scopes, ...scopes] }),
    [`${user}.tokens[0].scopes`, /no item twice/],
  ],
  [
    'a short token, which is not repeated',
    withToken({ value: 'short' }),
    [`${user}.tokens[0].value`, /32 to 2048 letters[^"]*$/],
  ],
  [
    'a token of other characters',
    withToken({ value: `${value} ` }),
    [`${user}.tokens[0].value`, /32 to 2048 letters/],
  ],
  [
    'a well-known token',
    withToken({ value: `anteroom-dev-${value}` }),
    [`${user}.tokens[0].value`, /must not begin with anteroom-dev-/],
  ],
  ['neither value nor hash', withToken({}), [`${user}.tokens[0]`, /either a value or a sha256/]],
  ['value and hash', withToken({ value, sha256 }), [`${user}.tokens[0]`, /either a value or a sha256/]],
  [
    'a hash in hexadecimal',
    withToken({ sha256: 'ab'.repeat(32) }),
    [`${user}.tokens[0].sha256`, /43 characters/],
  ],
  [
    'a day as expiry',
    withToken({ sha256, expires: '2030-01-31' }),
    [`${user}.tokens[0].expires`, /a time with its zone/],
  ],
  [
    'a time that does not exist',
    withToken({ sha256, expires: '2030-13-31T00:00:00Z' }),
    [`${user}.tokens[0].expires`, /a time that exists/],
  ],
];

testCases(shapes);
