import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { decodeBlocks, fitBlocks } from "../../../src/gan/blocks-encoding.ts";
import { planNetwork } from "../../../src/gan/network-plan.ts";
import { columnShapes, prepareReference } from "../../../src/metrics/fidelity.ts";
import { brokenRowShare } from "../../../src/metrics/legal-cells.ts";
import { trainOnAll } from "../../../src/table/split-rows.ts";
import type { Table } from "../../../src/table/table.ts";
import { hasData, plantedTable, readData } from "./tables.ts";

const SHOPPING = "shopping_trends.csv";
const TELCO = "telco_churn.csv";

function blocksOf(table: Table): { names: string[]; size: number }[] {
  const { encoding } = fitBlocks(trainOnAll(table), createRandom(1));
  return encoding.blocks.map(({ members, nCombinations }) => ({
    names: members.map((member) => table.columns[member].name),
    size: nCombinations,
  }));
}

describe("fitBlocks", () => {
  it("joins columns whose empty cells are no chance, and leaves the others alone", () => {
    expect(blocksOf(plantedTable(600)).map(({ names }) => names)).toEqual([["plan", "perk"], ["city"], ["age"], ["spend"]]);
  });

  it("gives back what it was fitted on, up to the noise inside a bin, without rare values", () => {
    const table = plantedTable(600);
    const { encoding, codes } = fitBlocks(trainOnAll(table), createRandom(1));
    const decoded = decodeBlocks(encoding, codes, table.nRows, createRandom(2));
    expect(decoded.columns.slice(0, 2)).toEqual(table.columns.slice(0, 2));
    for (const shape of columnShapes(prepareReference(table), decoded)) expect(shape).toBeGreaterThan(0.98);
    expect(brokenRowShare(encoding.rules, decoded)).toBe(0);
    const city = decoded.columns[2];
    expect(city.kind === "categorical" && new Set(Array.from(city.codes, (code) => city.levels[code])).has("Rareville")).toBe(
      false,
    );
  });

  it.skipIf(!hasData(SHOPPING))("finds the four legal cells and Item → Category in the shopping table", () => {
    expect(blocksOf(readData(SHOPPING, ["Customer ID"])).filter(({ names }) => names.length > 1)).toEqual([
      { names: ["Gender", "Subscription Status", "Discount Applied", "Promo Code Used"], size: 4 },
      { names: ["Item Purchased", "Category"], size: 25 },
    ]);
  });

  it.skipIf(!hasData(TELCO))("joins the nine service columns of the telco table", () => {
    const joined = blocksOf(readData(TELCO, ["customerID"])).filter(({ names }) => names.length > 1);
    expect(joined).toHaveLength(1);
    expect(joined[0].names).toHaveLength(9);
    expect(joined[0].size).toBeGreaterThan(300);
    expect(joined[0].size).toBeLessThanOrEqual(400);
  });
});

describe("planNetwork", () => {
  const { encoding, codes } = fitBlocks(trainOnAll(plantedTable(600)), createRandom(1));
  const plan = planNetwork(encoding, codes);

  it("has readouts of mean 0 over training rows", () => {
    let level = 0;
    for (const { nLevels, nReadouts, readout } of plan.groups) {
      for (let r = 0; r < nReadouts; r++) {
        let mean = 0;
        for (let k = 0; k < nLevels; k++) mean += plan.frequencies[level + k] * readout[k * nReadouts + r];
        expect(Math.abs(mean)).toBeLessThan(1e-5);
      }
      level += nLevels;
    }
  });

  it("asks for associations between blocks only, symmetric, and for none that chance explains", () => {
    const n = plan.nReadouts;
    let largest = 0;
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) {
        const target = plan.pairTarget[a * n + b];
        expect(target).toBeCloseTo(plan.pairTarget[b * n + a], 6);
        if (plan.pairMask[a * n + b] === 0) expect(Math.abs(target)).toBe(0);
        largest = Math.max(largest, Math.abs(target));
      }
    }
    expect(largest).toBeGreaterThan(0.2);
    const zeroShare = plan.pairTarget.filter((value) => value === 0).length / plan.pairTarget.length;
    const maskedShare = plan.pairMask.filter((value) => value === 0).length / plan.pairMask.length;
    expect(zeroShare).toBeGreaterThan(maskedShare);
  });

  it("gives every level its frequency and none to padding", () => {
    encoding.blocks.forEach(({ frequencies }, block) => {
      frequencies.forEach((share, k) => {
        expect(plan.frequencies[plan.levelOffset[block] + k]).toBeCloseTo(share, 6);
      });
    });
    expect(plan.frequencies.reduce((sum, share) => sum + share, 0)).toBeCloseTo(encoding.blocks.length, 4);
  });
});
