/** A large number in an assertion that is what the sizes of a tensor or layer multiply to. */
import type { FileScan } from '../analysis/size-regions.ts';

/** From here on, that a number equals a product is no chance. */
const LEAST = 1_024;

/** `4 * embedDim * embedDim` for 1,048,576; `nameOf` gives the names of sizes that change. */
export function productText(value: number, { sites }: FileScan, nameOf: (old: number) => string | undefined): string | undefined {
  if (value < LEAST) return undefined;
  for (const { measure } of sites) {
    const factors = measure.dimensions.map((dimension) => dimension?.value ?? Number.NaN);
    const product = factors.reduce((all, factor) => all * factor, 1);
    const times = measure.elements / product;
    if (factors.length < 2 && times === 1) continue;
    if (value !== product && value !== measure.elements) continue;
    const texts = factors.map((factor) => nameOf(factor) ?? String(factor));
    if (texts.every((text, index) => text === String(factors[index]))) continue;
    return [...(value === product ? [] : [String(times)]), ...texts].join(' * ');
  }
  return undefined;
}
