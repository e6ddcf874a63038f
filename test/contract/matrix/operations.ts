/** The operations of the matrix. A mark in a document tells whose it is, and which request changed it. */
import { audio, room, scheduling, video } from '../../helpers/bodies.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
type Document = any;

export interface Section {
  readonly name: string;
  /** A body for PUT that carries these marks. Sections without a list have room for the first alone. */
  readonly with: (marks: readonly string[]) => object;
  readonly marksOf: (document: Document) => string[];
}

const addressOf = (mark: string): string => `${mark}@marks.example`;

const personalMeetingRoom: Section = {
  name: 'personalMeetingRoom',
  with: ([topic]) => ({ ...room, topic }),
  marksOf: ({ topic }) => [topic],
};
const audioOptions: Section = {
  name: 'audio',
  with: ([otherTeleconferenceDescription]) => ({ ...audio, otherTeleconferenceDescription }),
  marksOf: ({ otherTeleconferenceDescription }) => [otherTeleconferenceDescription],
};
const videoOptions: Section = {
  name: 'video',
  with: ([deviceName]) => ({ videoDevices: [{ ...video.videoDevices[0], deviceName }] }),
  marksOf: ({ videoDevices }) => [videoDevices[0].deviceName],
};
const schedulingOptions: Section = {
  name: 'schedulingOptions',
  with: (marks) => ({ ...scheduling, delegateEmails: marks.map(addressOf) }),
  marksOf: ({ delegateEmails }) => delegateEmails.map((email: string) => email.split('@')[0]),
};
export const sections: readonly Section[] = [
  personalMeetingRoom,
  audioOptions,
  videoOptions,
  schedulingOptions,
];

/** Paths that are read; the empty one is all sections together. */
export const reads: readonly string[] = [
  '',
  ...sections.map(({ name }) => name),
  'sites',
  'history',
  'defaults',
];

export interface Write {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly section: Section;
  readonly body: (mark: string) => object;
  /** What a document has to be marked with before the write, besides whose it is. */
  readonly before: (mark: string) => readonly string[];
  /** The marks of a document after a write that carried `mark`. */
  readonly after: (marks: readonly string[], mark: string) => readonly string[];
}

const updates = sections.map(
  (section): Write => ({
    method: 'PUT',
    path: section.name,
    section,
    body: (mark) => section.with([mark]),
    before: () => [],
    after: (_marks, mark) => [mark],
  }),
);

export const writes: readonly Write[] = [
  ...updates,
  {
    method: 'POST',
    path: 'schedulingOptions/delegateEmails/insert',
    section: schedulingOptions,
    body: (mark) => ({ emails: [addressOf(mark)] }),
    before: () => [],
    after: (marks, mark) => [...marks, mark],
  },
  {
    method: 'POST',
    path: 'schedulingOptions/delegateEmails/delete',
    section: schedulingOptions,
    body: (mark) => ({ emails: [addressOf(mark)] }),
    before: (mark) => [mark],
    after: (marks, mark) => marks.filter((other) => other !== mark),
  },
];
