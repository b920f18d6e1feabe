/**
 * The few words of `zod/mini` that the shared schemas use. It takes the place of zod in the built page, where zod would be
 * a twelfth of all that is loaded: it accepts, refuses and keeps what zod does, but does not say why it refused.
 */
export { catchWith as catch, enumOf as enum };

/** What reading gives for a value that does not fit. */
const misfit = Symbol('misfit');

type Check = (value: never) => boolean;

interface Schema {
  read: (value: unknown) => unknown;
  safeParse: (value: unknown) => { success: boolean; data: unknown };
  check: (...checks: Check[]) => Schema;
}

function reading(read: Schema['read']): Schema {
  return {
    read,
    safeParse(value) {
      const data = read(value);
      return { success: data !== misfit, data };
    },
    check: (...checks) =>
      reading((value) => {
        const data = read(value);
        return data !== misfit && checks.every((holds) => holds(data as never)) ? data : misfit;
      }),
  };
}

const fitting = (fits: (value: unknown) => boolean) => reading((value) => (fits(value) ? value : misfit));

export const string = () => fitting((value) => typeof value === 'string');
export const boolean = () => fitting((value) => typeof value === 'boolean');
export const number = () => fitting(Number.isFinite);
export const int = () => fitting(Number.isSafeInteger);
const enumOf = (members: readonly unknown[]) => fitting((value) => members.includes(value));

/** Moments as `toISOString` writes them, which is how all of ours are written. */
export const iso = { datetime: () => fitting((value) => typeof value === 'string' && new Date(value).toJSON() === value) };

export const nullable = ({ read }: Schema) => reading((value) => (value === null ? value : read(value)));
export const optional = ({ read }: Schema) => reading((value) => (value === undefined ? value : read(value)));

function catchWith({ read }: Schema, instead: unknown): Schema {
  return reading((value) => {
    const data = read(value);
    return data === misfit ? instead : data;
  });
}

export const array = (item: Schema) =>
  reading((value) => {
    const items = Array.isArray(value) ? value.map(item.read) : [misfit];
    return items.includes(misfit) ? misfit : items;
  });

export const object = (shape: Record<string, Schema>) =>
  reading((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return misfit;
    const given = value as Record<string, unknown>;
    const fields = Object.entries(shape).map(([name, { read }]) => [name, read(given[name])] as const);
    if (fields.some(([, data]) => data === misfit)) return misfit;
    return Object.fromEntries(fields.filter(([, data]) => data !== undefined));
  });

export const nonnegative = (): Check => minimum(0);
export const minimum = (least: number) => (value: number) => value >= least;
export const maximum = (most: number) => (value: number) => value <= most;
export const minLength = (least: number) => (value: { length: number }) => value.length >= least;
