import { beforeEach, describe, expect, it } from "vitest";
import { candidateWords, engineFinding } from "../../../src/app/i18n/engine-words.ts";
import { locale } from "../../../src/app/i18n/locale.svelte.ts";
import { strongParts } from "../../../src/app/i18n/strong-parts.ts";
import { firstRows, isUntrainedAsGood, tellingMeasure } from "../../../src/app/screens/synthesize/synthesize-facts.ts";
import {
  blocksSentence,
  columnsTitle,
  conditionWords,
  liveFinding,
  lossTitle,
  stoppedWords,
  synthesizeConclusion,
  synthesizeFinding,
  synthesizeLede,
  trackTitle,
} from "../../../src/app/screens/synthesize/synthesize-words.ts";
import { tracks } from "../../../src/app/screens/synthesize/track-figure.ts";
import type { Table } from "../../../src/table/table.ts";
import type { EngineChoice, Fidelity, GanCheck, GanReport } from "../../../src/workers/gpu.jobs.ts";
import { plainLabels } from "./predict-report.ts";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

const fidelity = (columnShapes: number, pairTrends: number, pairTrendsSignal: number, brokenRows = 0): Fidelity => ({
  columnShapes,
  pairTrends,
  pairTrendsSignal,
  brokenRows,
});

const engine: EngineChoice = {
  engine: "wasm",
  why: "fastest",
  candidates: [
    { name: "webgpu", msPerStep: null, rejected: "software-adapter", adapter: "SwiftShader" },
    { name: "wasm", msPerStep: 80, rejected: null, adapter: null },
  ],
};

/** The shopping table: the untrained generator behind the constraints is as good. */
const untrained: GanReport = {
  engine,
  preset: "matched",
  steps: 600,
  stoppedBy: "quality",
  bestStep: 420,
  msPerStep: 80,
  seconds: 48,
  history: [],
  columns: [
    { name: "Age", match: 0.9, floor: 0.97, ceiling: 0.98 },
    { name: "Color", match: 0.96, floor: 0.95, ceiling: 0.97 },
  ],
  fidelity: {
    gan: fidelity(0.966, 0.898, 0.968),
    ganStep0: fidelity(0.963, 0.899, 0.961),
    floor: fidelity(0.964, 0.884, 0.648, 0.88),
    ceiling: fidelity(0.969, 0.904, 0.975),
  },
  blocks: [["Item", "Category"], ["Age"]],
  nSignalPairs: 7,
  nCopies: 0,
  effectiveSampleSize: 3900,
};

const withGan = (gan: Fidelity): GanReport => ({
  ...untrained,
  fidelity: {
    gan,
    ganStep0: fidelity(0.7, 0.6, 0.64, 0.5),
    floor: fidelity(0.985, 0.858, 0.641, 0.88),
    ceiling: fidelity(0.988, 0.976, 0.987),
  },
});

const partly = withGan(fidelity(0.93, 0.87, 0.868, 0.01));

const noLinks: GanReport = {
  ...withGan(fidelity(0.9, 0.9, Number.NaN)),
  nSignalPairs: 0,
  fidelity: {
    gan: fidelity(0.9, 0.9, Number.NaN),
    ganStep0: fidelity(0.5, 0.5, Number.NaN),
    floor: fidelity(0.985, 0.9, Number.NaN),
    ceiling: fidelity(0.988, 0.905, Number.NaN),
  },
};

describe("in English", () => {
  beforeEach(() => locale.choose("en"));

  it("says so when an untrained generator does as well", () => {
    expect(isUntrainedAsGood(untrained)).toBe(true);
    expect(synthesizeFinding(untrained)).toBe("The generated rows match real ones, and so do those of an untrained generator.");
    expect(synthesizeConclusion(untrained)).toContain("a sampler that learnt nothing makes them as well");
  });

  it("places the rows between shuffled columns and real ones", () => {
    expect(plain(synthesizeFinding(partly))).toBe(
      "Links between columns are 66 % of the way from shuffled columns to real rows.",
    );
    expect(synthesizeFinding(withGan(fidelity(0.98, 0.97, 0.985)))).toContain(
      "as well as real rows do: 0.985 of a possible 0.987",
    );
    expect(synthesizeFinding(withGan(fidelity(0.98, 0.8, 0.6)))).toContain("no more of the links between columns than shuffled");
    expect(synthesizeConclusion(withGan(fidelity(0.98, 0.8, 0.6)))).toContain("hardly anything");
  });

  it("speaks of columns alone where nothing links them", () => {
    expect(tellingMeasure(noLinks)).toBe("columnShapes");
    expect(synthesizeFinding(noLinks)).toBe(
      "Each generated column matches real rows at 0.900; the table has no links between columns to learn.",
    );
  });

  it("names floor, untrained generator and ceiling beside every figure", () => {
    expect(synthesizeLede(untrained)).toBe(
      "Of the 7 linked pairs the generator keeps **0.968**; shuffled columns keep 0.648, the untrained generator 0.961, " +
        "a real hold-out 0.975. **No row** breaks a rule of the table.",
    );
    expect(plain(synthesizeLede(partly))).toContain("**1.0 %** of the rows break a rule");
    expect(trackTitle(partly)).toBe("Links between columns: from 0.641 to 0.868 of a possible 0.987");
  });

  it("draws no track where floor and ceiling are closer than noise", () => {
    const rows = tracks(untrained);
    expect(rows.map(({ noTrack }) => noTrack === null)).toEqual([true, true, true, false]);
    expect(rows[3]?.noTrack).toContain("Floor 0.964 and ceiling 0.969 coincide");
    expect(tracks(noLinks).map(({ name }) => name)).not.toContain("Linked pairs");
  });

  it("titles the columns by the one that lags most", () => {
    expect(columnsTitle(untrained.columns, plainLabels)).toBe("Short of real rows: 1 of 2 columns, Age most of all");
    expect(columnsTitle(untrained.columns.slice(1), plainLabels)).toBe("Every column is about as close as real rows are");
    expect(blocksSentence(untrained.blocks, plainLabels)).toBe("Columns tied by a rule are made together: Item + Category.");
  });

  it("tells settled losses from moving ones", () => {
    const history = (loss: (i: number) => number): GanCheck[] =>
      Array.from({ length: 40 }, (_, i) => ({
        step: i,
        criticLoss: loss(i),
        generatorLoss: 0,
        marginalLoss: 0,
        pairLoss: 0,
        columnShapes: Number.NaN,
        pairTrendsSignal: Number.NaN,
      }));
    expect(
      lossTitle(
        history((i) => -Math.exp(-i / 4)),
        false,
      ),
    ).toBe("The losses have settled");
    expect(
      lossTitle(
        history((i) => -i),
        false,
      ),
    ).toBe("The losses were still moving at the end");
    expect(
      lossTitle(
        history((i) => -i),
        true,
      ),
    ).toBe("Losses so far");
  });

  it("says why it stopped, which engine ran and why the others did not", () => {
    expect(stoppedWords(untrained)).toBe("at step 600: the match no longer grew; rows come from step 420");
    expect(engineFinding(engine)).toBe("our own, WASM with SIMD is the fastest engine here");
    expect(engine.candidates.map((each) => candidateWords(each, "wasm"))).toEqual(["software adapter", "chosen"]);
  });

  it("waits for the first measurement", () => {
    expect(liveFinding(null, [])).toBe("The generator is getting ready; nothing can be said about its rows yet.");
  });
});

describe("in Vietnamese", () => {
  beforeEach(() => locale.choose("vi"));

  it("says the same, with a decimal comma", () => {
    expect(synthesizeFinding(untrained)).toBe("Dòng sinh ra khớp dòng thật, và bộ sinh chưa huấn luyện cũng vậy.");
    expect(plain(synthesizeFinding(partly))).toBe(
      "Liên hệ giữa các cột đã đi được 66 % chặng đường từ cột xáo trộn đến dòng thật.",
    );
    expect(synthesizeLede(untrained)).toContain("**0,968**");
  });
});

it("writes the first rows as a CSV would hold them", () => {
  const table: Table = {
    nRows: 3,
    columns: [
      { kind: "numeric", name: "Age", type: "integer", values: Float64Array.of(20, Number.NaN, 40), step: 1 },
      { kind: "categorical", name: "Size", type: "categorical", codes: Int32Array.of(1, 0, -1), levels: ["S", "M"] },
    ],
  };
  expect(firstRows(table, 2)).toEqual([
    ["20", "M"],
    ["", "S"],
  ]);
  expect(firstRows(table, 9)[2]).toEqual(["40", ""]);
});

it("marks what is to be read first", () => {
  expect(strongParts("a **b** c")).toEqual([
    { text: "a ", isStrong: false },
    { text: "b", isStrong: true },
    { text: " c", isStrong: false },
  ]);
  expect(strongParts("**b**")).toEqual([{ text: "b", isStrong: true }]);
});

describe("conditionWords", () => {
  it.each([
    ["Size=M", "Size = M", "Size = M"],
    ["Age=40", "Age = 40", "Age = 40"],
    ["Age=30..45", "Age from 30 to 45", "Age từ 30 đến 45"],
    ["Age=30..", "Age from 30 on", "Age từ 30 trở lên"],
    ["Age=..45", "Age up to 45", "Age đến 45"],
    ["Size=30..45", "Size = 30..45", "Size = 30..45"],
  ])("%s", (condition, english, vietnamese) => {
    const words = () => conditionWords(condition, plainLabels, new Set(["Age"]));
    locale.choose("en");
    expect(words()).toBe(english);
    locale.choose("vi");
    expect(words()).toBe(vietnamese);
  });
});
