/** A rule reads "`about` must `must`."; `contract` is the section of the wire contract that it comes from. */
export interface Rule {
  readonly about: string;
  readonly must: string;
  readonly contract: string;
}

export const boolean = 'be true or false';
export const object = 'be a JSON object';

export function rule(about: string, must: string, contract: string): Rule {
  return { about, must, contract };
}
