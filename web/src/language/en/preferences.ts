/** Texts of the preferences, in English. */
export const preferences = {
  room: { title: 'Personal room' },
  audio: { title: 'Audio' },
  video: { title: 'Video devices' },
  scheduling: { title: 'Scheduling' },
  sites: {
    title: 'Sites',
    intro:
      'You have separate preferences on each site. The default site is where you start, and where meetings are scheduled unless another one is chosen.',
    list: 'Sites',
    default: 'Default',
    makeDefault: 'Make default: {{site}}',
    makeDefaultShort: 'Make default',
    open: 'Show preferences here',
    openLong: 'Show preferences here: {{site}}',
    shown: 'Shown now',
    saved: '{{site}} is the default site now.',
  },
  history: { title: 'History' },
} as const;
