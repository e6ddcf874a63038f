/** Reads from a request whose preferences it is about (contract sections 2 and 5). */
import { type TSchema, Type } from 'typebox';
import { keyOf } from '../directory/email.ts';
import { type Fault, fault, refuseIf } from '../errors.ts';
import type { Compatibility } from './body.ts';
import { type Query, readAddress, readText } from './parameters.ts';

/** Whom and what a request names. */
export interface Target {
  readonly userEmail: string | undefined;
  readonly siteUrl: string | undefined;
}

export const userEmailParameter: Readonly<Record<string, TSchema>> = {
  userEmail: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Whose preferences: only an administrator of the site with an admin-level scope may name somebody else. Yours when left out.',
      example: 'john.andersen@example.com',
    }),
  ),
};

export const targetParameters: Readonly<Record<string, TSchema>> = {
  ...userEmailParameter,
  siteUrl: Type.Optional(
    Type.String({
      minLength: 1,
      description: "On which site. The caller's default site when left out, also for an administrator.",
      example: 'site4-example.webex.com',
    }),
  ),
};

type TargetName = keyof Target;

const callersDefault: Target = { userEmail: undefined, siteUrl: undefined };

/**
 * The target in the query of an operation that takes `names` there. A client that puts one of them in the body would
 * otherwise act on the caller without noticing: that is a 400, or honoured in lenient mode.
 */
export function readTarget(
  names: Readonly<Record<string, TSchema>>,
  query: Query,
  body: unknown,
  compatibility: Compatibility,
): Target {
  if (body === undefined && query.userEmail === undefined && query.siteUrl === undefined)
    return callersDefault;
  const faults: Fault[] = [];
  const read = (name: TargetName): string | undefined => {
    if (!(name in names)) return undefined;
    const inQuery = readParameter(name, query[name], faults);
    const inBody = valueIn(body, name);
    if (inBody === undefined || inBody === null) return inQuery;
    const isSame = typeof inBody === 'string' && inQuery !== undefined && keyOf(inBody) === keyOf(inQuery);
    const isHonoured = compatibility === 'lenient' && typeof inBody === 'string' && inQuery === undefined;
    if (!isSame && !isHonoured) faults.push(fault('body.subject', name));
    return isHonoured ? readParameter(name, inBody, faults) : inQuery;
  };
  const target = { userEmail: read('userEmail'), siteUrl: read('siteUrl') };
  refuseIf(faults);
  return target;
}

/** A field of the body, when the body is an object at all. */
export function valueIn(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  return (body as Record<string, unknown>)[name];
}

function readParameter(name: TargetName, value: unknown, faults: Fault[]): string | undefined {
  return name === 'userEmail' ? readAddress(name, value, faults) : readText(name, value, faults);
}
