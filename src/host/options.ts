/** Options of rules and codemods: one typed table each, with defaults and descriptions; everything else is derived from it. */

export type OptionValue = number | boolean | string | readonly string[];

export interface Option<T extends OptionValue = OptionValue> {
  readonly type: 'integer' | 'boolean' | 'string' | 'strings';
  readonly default: T;
  readonly description: string;
  readonly minimum?: number;
  readonly values?: readonly string[];
}

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T extends string ? string : readonly string[];
export type OptionsOf<O extends Record<string, Option>> = { readonly [K in keyof O]: Widened<O[K]['default']> };

export function defaultsOf<O extends Record<string, Option>>(options: O): OptionsOf<O> {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default])) as OptionsOf<O>;
}

/** Options as a command line gives them: `--essential=causal,float32`, `--seq 64`. Foreign ones are left to their owner. */
export function readOptions<O extends Record<string, Option>>(options: O, given: Readonly<Record<string, unknown>>): OptionsOf<O> {
  const read = Object.entries(options).flatMap(([name, option]) => {
    const value = given[name] ?? given[dashed(name)];
    return value === undefined ? [] : [[name, readOption(dashed(name), option, value)] as const];
  });
  return { ...defaultsOf(options), ...Object.fromEntries(read) };
}

/** `smallSeq` -> `small-seq`, as it stands on the command line. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function readOption(name: string, { type, minimum, values }: Option, value: unknown): OptionValue {
  const fail = (expected: string): never => {
    throw new Error(`--${name}: expected ${expected}, got ${JSON.stringify(value)}.`);
  };
  switch (type) {
    case 'integer': {
      const number = Number(value);
      const least = minimum ?? -Infinity;
      return value !== '' && Number.isSafeInteger(number) && number >= least ? number : fail(`an integer${minimum === undefined ? '' : ` of ${minimum} or more`}`);
    }
    case 'boolean':
      return value === true || value === 'true' ? true : value === false || value === 'false' ? false : fail('true or false');
    case 'strings':
      return (Array.isArray(value) ? value.map(String) : String(value).split(',')).map((item) => item.trim()).filter(Boolean);
    case 'string':
      return !values || values.includes(String(value)) ? String(value) : fail(`one of ${values.join(', ')}`);
  }
}
