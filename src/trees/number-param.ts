import { TrendloomError } from "../core/errors.ts";

/** A numeric setting of a learner, declared once: its default and the closed interval it must lie in. */
export interface NumberParam {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Whole numbers only. */
  readonly isInteger: boolean;
}

export type NumberParamSet = Readonly<Record<string, NumberParam>>;
export type NumberParamValues<Set extends NumberParamSet> = { readonly [Name in keyof Set]: number };

/** The declared defaults with `overrides` put over them. @throws TrendloomError parameter-invalid, with name, expected and got */
export function resolveParams<Set extends NumberParamSet>(
  declared: Set,
  overrides: Partial<NumberParamValues<Set>> = {},
): NumberParamValues<Set> {
  const values: Record<string, number> = {};
  for (const [name, param] of Object.entries(declared)) {
    const value = overrides[name] ?? param.default;
    const isLegal = value >= param.min && value <= param.max && (!param.isInteger || Number.isInteger(value));
    if (!isLegal) {
      const expected = `${param.isInteger ? "a whole number" : "a number"} in [${param.min}, ${param.max}]`;
      const message = `${name} must be ${expected}, got ${value}`;
      throw new TrendloomError("parameter-invalid", { name, expected, got: value }, message);
    }
    values[name] = value;
  }
  return values as NumberParamValues<Set>;
}
