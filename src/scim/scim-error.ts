/** Refusals in the form that RFC 7644 section 3.12 asks for. */
import { ApiError } from '../errors.ts';

export const scimMediaType = 'application/scim+json;charset=UTF-8';

/** The detail error keywords of RFC 7644, table 9, that there is a use for. */
export type ScimType =
  | 'invalidFilter'
  | 'invalidPath'
  | 'invalidSyntax'
  | 'invalidValue'
  | 'mutability'
  | 'noTarget'
  | 'tooMany'
  | 'uniqueness';

export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly status: number;
  readonly scimType: string | undefined;

  constructor(status: number, scimType: ScimType | undefined, detail: string) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}

/** 400 for a value that an attribute cannot have. */
export function invalidValue(detail: string): ScimError {
  return new ScimError(400, 'invalidValue', detail);
}

/** 404: the same words whether it is not there, or another organization's. */
export function unknownResource(): ScimError {
  return new ScimError(404, undefined, 'There is no resource with this id in your organization.');
}

export interface Rendered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** `error` as it is answered: one of ours, the library's (which tells by its fields), or the API's. */
export function rendered(error: ScimError | ApiError): Rendered {
  const scimType = error instanceof ApiError ? typeOf(error) : error.scimType;
  return {
    status: error.status,
    headers: error instanceof ApiError ? error.headers : {},
    text: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(error.status),
      ...(scimType === undefined || scimType === null || scimType === '' ? {} : { scimType }),
      detail:
        error instanceof ApiError
          ? error.faults.map(({ description }) => description).join(' ')
          : error.message,
    }),
  };
}

function typeOf({ status }: ApiError): ScimType | undefined {
  return status === 400 ? 'invalidSyntax' : undefined;
}

/** Whether the library refused what it was given. */
export function isRefusal(error: unknown): error is ScimError {
  return error instanceof Error && (error.name === 'SCIMError' || error instanceof ScimError);
}
