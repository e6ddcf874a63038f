/** Judges the shape of a body by its schema. The browser gets the same judgement, compiled when it is built. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { TObject } from 'typebox';

/** What every validator is made with, here and for the browser. */
export const validatorOptions = {
  allErrors: true,
  verbose: true,
  // Rules have words of their own.
  messages: false,
  allowUnionTypes: true,
  strictTypes: false,
} as const;

/** Keywords of our own, which say nothing about the shape. */
export const ownKeywords = ['x-rule', 'x-served', 'example'];

const ajv = new Ajv2020(validatorOptions);
for (const keyword of ownKeywords) ajv.addKeyword(keyword);
const validators = new WeakMap<TObject, ValidateFunction>();

/** Compiles on first use, once a schema. */
export function validatorOf(schema: TObject): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validator = ajv.compile(schema);
  validators.set(schema, validator);
  return validator;
}
