/** What is measured, against what, and what it should reach. */
export interface Scenario {
  readonly name: string;
  readonly path: string;
  readonly putEvery: number;
  readonly users: 1 | 1000;
  /** Which bare server it is compared with: the one that answers the same bytes. */
  readonly bare: 'schedulingOptions' | 'details';
  /** Share of the bare server's requests per second. */
  readonly target?: number;
}

const base = '/v1/meetingPreferences';

const kinds = [
  { name: 'GET schedulingOptions', path: '/schedulingOptions', putEvery: 0, target: 0.75 },
  { name: 'GET details', path: '', putEvery: 0, target: 0.55 },
  { name: 'PUT schedulingOptions', path: '/schedulingOptions', putEvery: 1, target: 0.3 },
  { name: '90% GET 10% PUT', path: '/schedulingOptions', putEvery: 10 },
];

export const paths = { schedulingOptions: `${base}/schedulingOptions`, details: base };

export const scenarios: readonly Scenario[] = kinds.flatMap((kind) =>
  ([1, 1000] as const).map(
    (users): Scenario => ({
      ...kind,
      path: base + kind.path,
      users,
      bare: kind.path === '' ? 'details' : 'schedulingOptions',
    }),
  ),
);

export const targets = {
  fsyncsPerPut: 0.05,
  startMs: 500,
  idleRssMb: 120,
};
