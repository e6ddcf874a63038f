/** What a personal meeting room may be (contract section 3, personalMeetingRoom). Pure. */
import { keyOf } from '../../directory/email.ts';
import { type Fault, fault } from '../../errors.ts';
import { type Compatibility, type Reading, readBody } from '../../request/body.ts';
import { isRepetition, isRun } from '../pin.ts';
import type { Judged, Subject } from '../subject.ts';
import { type PersonalMeetingRoom, PersonalMeetingRoomOptions } from './schema.ts';

/** The options of somebody who never changed them. */
export function initialPersonalMeetingRoom({ user, membership }: Subject): PersonalMeetingRoomOptions {
  return {
    topic: `${user.displayName}'s personal room`,
    hostPin: membership.initialPins.slice(0, membership.site.settings.hostPinLength),
    enabledAutoLock: false,
    autoLockMinutes: 10,
    enabledNotifyHost: false,
    supportCoHost: false,
    supportAnyoneAsCoHost: false,
    allowFirstUserToBeCoHost: false,
    allowAuthenticatedDevices: false,
    coHosts: [],
  };
}

/** `current` changed as `body` asks for; throws a 400 that lists every fault. */
export function updatePersonalMeetingRoomOptions(
  current: PersonalMeetingRoomOptions,
  body: unknown,
  subject: Judged,
  compatibility: Compatibility,
): PersonalMeetingRoomOptions {
  const reading = readBody(PersonalMeetingRoomOptions, body, current, compatibility);
  const { fields } = reading;
  if (reading.isSound('hostPin') && fields.hostPin !== current.hostPin) {
    addHostPinFaults(reading, subject.membership.site.settings.hostPinLength);
  }
  if (reading.isSound('coHosts')) reading.add(repeatedCoHost(fields.coHosts));
  if (fields.supportAnyoneAsCoHost === true && fields.allowFirstUserToBeCoHost === true) {
    reading.add(fault('room.co-host-modes'));
  }
  return reading.accepted();
}

/** A PIN that was set before the site changed its mind is judged when it is changed: what GET answers, PUT accepts. */
function addHostPinFaults(reading: Reading<PersonalMeetingRoomOptions>, length: number): void {
  const { hostPin } = reading.fields;
  if (hostPin.length !== length) reading.add(fault('room.host-pin-length', 'hostPin', `here ${length}`));
  if (isRepetition(hostPin)) reading.add(fault('room.host-pin-repetition'));
  else if (isRun(hostPin)) reading.add(fault('room.host-pin-sequence'));
}

function repeatedCoHost(coHosts: PersonalMeetingRoomOptions['coHosts']): Fault | undefined {
  const seen = new Set<string>();
  for (const { email } of coHosts) {
    if (seen.has(keyOf(email)))
      return fault('room.co-hosts-distinct', 'coHosts', `${email} stands there twice`);
    seen.add(keyOf(email));
  }
  return undefined;
}

/** Where the room is: all that follows from the site and the room id. */
export function roomFacts({
  membership,
}: Subject): Omit<PersonalMeetingRoom, keyof PersonalMeetingRoomOptions> {
  const { site, roomId, accessCode, meetingId } = membership;
  const { settings, siteUrl } = site;
  return {
    personalMeetingRoomLink: `https://${siteUrl}/meet/${roomId}`,
    sipAddress: `${roomId}@${settings.sipDomain === '' ? siteUrl : settings.sipDomain}`,
    dialInIpAddress: settings.dialInIpAddress,
    telephony: {
      accessCode,
      callInNumbers: settings.callInNumbers,
      links: [
        { rel: 'globalCallinNumbers', href: `/v1/meetings/${meetingId}/globalCallinNumbers`, method: 'GET' },
      ],
    },
  };
}
