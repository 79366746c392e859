import { expect, test } from "vitest";
import { chiSquareSurvival } from "../../../src/metrics/chi-square.ts";

test("agrees with scipy.stats.chi2.sf", () => {
  // scipy.stats.chi2.sf(x, k)
  const golden: readonly (readonly [number, number, number])[] = [
    [0.5, 1, 0.47950012218695337],
    [3.84, 1, 0.05004352124870519],
    [42.6, 49, 0.7286834292511938],
    [60, 49, 0.1348643465253207],
    [120, 49, 6.876961427062773e-8],
    [5, 2, 0.0820849986238988],
    [900, 1000, 0.9892827619087102],
    [0.001, 7, 0.9999999999997597],
    [3.3, 0.7, 0.04235884915026118],
    [12.5, 1.03, 0.0004314199462972295],
    [250, 137.4, 1.4468949661231425e-8],
    [900, 1.01, 1.0217124269047752e-197],
    [2.2, 2.5, 0.4347019021619689],
  ];
  for (const [x, k, p] of golden) expect(Math.abs(chiSquareSurvival(x, k) / p - 1)).toBeLessThan(1e-9);
  expect(chiSquareSurvival(0, 3)).toBe(1);
  expect(chiSquareSurvival(4, 0)).toBe(1);
});
