import fc from "fast-check";
import { beforeEach, describe, expect, it, test } from "vitest";
import { locale } from "../../../src/app/i18n/locale.svelte.ts";
import {
  auditStanding,
  columnShortfalls,
  isUntrainedAsGood,
  pairShortfalls,
  recipeWork,
} from "../../../src/app/screens/verdict/audit-facts.ts";
import { auditConclusion, auditFinding, auditLede, nextSteps, step0Words } from "../../../src/app/screens/verdict/audit-words.ts";
import { columnRows, columnsTitle, overlayFigure, pairRows, pairsTitle } from "../../../src/app/screens/verdict/column-figure.ts";
import { fidelityFigure, fidelityTitle } from "../../../src/app/screens/verdict/fidelity-figure.ts";
import { ledgerArms, ledgerFigure } from "../../../src/app/screens/verdict/ledger-figure.ts";
import { distanceBins, hasCopies, isTooNear, leaning } from "../../../src/app/screens/verdict/privacy-facts.ts";
import {
  attributesTable,
  attributesTitle,
  checksTable,
  checksTitle,
  distanceFigure,
  nearerFigure,
  nearerTitle,
} from "../../../src/app/screens/verdict/privacy-figure.ts";
import { recipeWords } from "../../../src/app/screens/verdict/recipe-words.ts";
import { replayFigure } from "../../../src/app/screens/verdict/replay-figure.ts";
import { targetsWords } from "../../../src/app/screens/verdict/targets-words.ts";
import { verdictConclusion } from "../../../src/app/screens/verdict/verdict-words.ts";
import type { AuditReport, OtherTarget, PredictReport } from "../../../src/workers/learn.jobs.ts";
import { noSignal, plainLabels } from "./predict-report.ts";
import {
  fullLedger,
  laggingAudit,
  learntAudit,
  noRoomAudit,
  privacy,
  replays,
  untrainedAudit,
  withParts,
} from "./verdict-cases.ts";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");
const other = (name: string, verdict: OtherTarget["verdict"], score: number): OtherTarget => ({
  name,
  metric: "accuracy",
  verdict,
  score,
  chance: 0.5,
  auc: 0.8,
  pValue: 0.001,
  nPermutations: 1999,
  adjustedPValue: 0.004,
  column: null,
  rule: null,
});
const signal: PredictReport["signal"] = {
  ...noSignal.signal,
  refit: null,
  rule: null,
  otherTargets: [other("Discount", "predictable", 0.838), other("Gender", "predictable", 0.728), other("Size", "none", 0.45)],
};

beforeEach(() => locale.choose("en"));

describe("what the audit comes to", () => {
  it.each([
    [untrainedAudit, "untrained"],
    [learntAudit, "close"],
    [laggingAudit, "part"],
    [noRoomAudit, "no-room"],
  ] as const)("standing %#", (audit, standing) => expect(auditStanding(audit)).toBe(standing));

  it("gives the rules their due where an untrained generator does as well", () => {
    expect(isUntrainedAsGood(untrainedAudit)).toBe(true);
    expect(auditFinding(untrainedAudit)).toBe("Generated rows pass for real ones, and so do those of an untrained generator.");
    expect(step0Words(untrainedAudit)).toContain("reaches 0.961 where the trained one reaches 0.958 (Signal pairs)");
    expect(step0Words(learntAudit)).toBeNull();
  });

  it("says that simpler samplers do better where they do", () => {
    expect(fidelityTitle(laggingAudit)).toBe("Simpler samplers reach the ceiling; this GAN does not");
    expect(plain(auditFinding(laggingAudit))).toBe("Generated rows go 35 % of the way from shuffled columns to real customers.");
    expect(auditConclusion(laggingAudit)).toContain("Do not take the generated rows for real ones");
  });

  it("draws no track where floor and ceiling lie closer than noise, and says so", () => {
    const rows = fidelityFigure(untrainedAudit, "Frequency").props.rows as { name: string; noTrack: string | null }[];
    const track = Object.fromEntries(rows.map((row) => [row.name, row.noTrack]));
    expect(track["Signal pairs"]).toBeNull();
    expect(track["Told apart from real"]).toBeNull();
    expect(track["Single columns"]).toBe("Floor 0.964 and ceiling 0.969 coincide, so a good score here proves nothing.");
    expect(track["Trained on them, tested on real"]).toContain("proves nothing");
  });

  it("puts the figures of the headline into the lede", () => {
    expect(auditLede(laggingAudit)).toBe(
      "Signal pairs: the GAN has **0.762**, shuffled columns 0.648, a real hold-out 0.975. " +
        "A model tells generated rows from real ones with an AUC of **0.99**; 0.5 would be ideal.",
    );
  });
});

/** Signal pairs and AUC; `learntAudit`'s generator has 0.96 and 0.6. */
const part = (linked: number, auc: number) => [0.95, 0.896, linked, auc, 0, 0.5] as const;

describe("which part of the recipe does the work", () => {
  it.each([
    ["either", part(0.955, 0.62), part(0.97, 0.58)],
    ["matching", part(0.97, 0.51), part(0.83, 0.9)],
    ["matching", part(0.97, 0.51), part(0.97, 0.9)],
    ["adversary", part(0.83, 0.9), part(0.96, 0.4)],
    ["mostly-matching", part(0.93, 0.7), part(0.83, 0.9)],
    ["mostly-adversary", part(0.7, 0.95), part(0.83, 0.9)],
    ["both", part(0.94, 0.9), part(0.83, 0.8)],
  ] as const)("%s", (work, matching, adversary) => {
    expect(recipeWork(withParts(learntAudit, matching, adversary))).toBe(work);
  });

  it("none, where the untrained generator gets as far", () => {
    expect(recipeWork(withParts(untrainedAudit, part(0.97, 0.51), part(0.83, 0.9)))).toBe("none");
  });

  it("says it with the figures, and draws both beside the whole", () => {
    const audit = withParts(learntAudit, part(0.976, 0.51), part(0.831, 0.9));
    const { title, text } = recipeWords(audit);
    expect(title).toContain("The matching losses do the work here");
    expect(text).toContain("the matching losses alone reach 0.976 and 0.51, the adversary alone 0.831 and 0.90");
    expect(text).toContain("both together 0.960 and 0.60");
    const { table, key } = fidelityFigure(audit, "Frequency");
    expect(table.columns.map(({ label }) => label)).toContain("GAN, adversary only");
    expect(table.rows.find(([name]) => name === "Signal pairs")).toContain("0.831");
    expect(new Set(key?.map(({ mark }) => mark)).size).toBe(key?.length);
  });

  it("says why it is not known: a quick run, or a part that was chosen alone", () => {
    expect(recipeWork(learntAudit)).toBeNull();
    expect(recipeWords({ ...learntAudit, isQuick: true }).text).toContain("Without “quick”");
    expect(recipeWords(learntAudit).text).toContain("With the preset “matched”");
  });
});

describe("drill-down", () => {
  it("puts the worst first, and signal pairs into the title", () => {
    const columns = columnShortfalls(laggingAudit);
    expect(columns.map(({ shortBy }) => shortBy)).toEqual(columns.map(({ shortBy }) => shortBy).sort((a, b) => b - a));
    expect(columnsTitle(laggingAudit, plainLabels)).toContain("falls shortest");
    expect(columnsTitle(untrainedAudit, plainLabels)).toContain("No column falls short");
    expect(pairsTitle(laggingAudit, plainLabels)).toContain("Of the linked pairs, Item and Category lose most");
    expect(pairShortfalls(laggingAudit).find(({ isSignal }) => isSignal)).toMatchObject({ a: "Item", b: "Category" });
    expect(columnRows(laggingAudit, plainLabels)).toHaveLength(5);
    expect(pairRows(laggingAudit, plainLabels)).toHaveLength(10);
  });

  it("lays a column of numbers over the real one, by range", () => {
    const figure = overlayFigure(untrainedAudit, "Age", plainLabels);
    expect(plain(figure?.title ?? "")).toBe("Age: 24.6 % of real rows and 15.4 % of generated ones lie from 18 to 31");
  });

  it("lays categories over the real ones, values of few customers together", () => {
    const figure = overlayFigure(untrainedAudit, "Category", plainLabels);
    expect(figure?.table.rows.map(([label]) => label)).toEqual(["Clothing", "Footwear", "other values"]);
  });

  it("has no picture of a column that was not counted", () => {
    expect(overlayFigure(untrainedAudit, "Nobody", plainLabels)).toBeNull();
  });
});

describe("privacy", () => {
  it("never promises, and never hides", () => {
    expect(checksTitle(privacy())).toBe("No row is a copy, and that is not a guarantee");
    expect(nearerTitle(privacy())).toContain("very slightly");
    const copier = privacy({ copyShare: 1, nearerToTraining: { value: 0.98, low: 0.97, high: 0.99 } });
    expect(plain(checksTitle(copier))).toContain("100.0 % of the rows are copies of training rows");
    expect(plain(nearerTitle(copier))).toBe("Generated rows lie too near to the training rows: 98.0 %");
    expect(isTooNear(copier)).toBe(true);
    expect(isTooNear(privacy())).toBe(false);
  });

  it("does not count copies that chance makes", () => {
    expect(hasCopies(privacy({ copyShare: 0.01, copyShareFresh: 0.009 }))).toBe(false);
    expect(hasCopies(privacy({ copyShare: 0.05, copyShareFresh: 0.009 }))).toBe(true);
  });

  it.each([
    [0.5, 0.48, 0.52, "even"],
    [0.516, 0.501, 0.53, "slight"],
    [0.6, 0.58, 0.62, "near"],
    [0.4, 0.38, 0.42, "far"],
  ] as const)("leans %d", (value, low, high, leans) => {
    expect(leaning(privacy({ nearerToTraining: { value, low, high } }))).toBe(leans);
  });

  it("counts every distance once", () => {
    const bins = distanceBins(privacy());
    for (const shares of [bins.real, bins.made]) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });

  it("names the attribute that generated rows give away", () => {
    expect(attributesTitle(privacy(), plainLabels)).toContain("No attribute");
    const told = privacy({ attributes: [{ column: "Gender", fromMade: 0.9, fromFresh: 0.7, commonest: 0.68 }] });
    expect(attributesTitle(told, plainLabels)).toBe("Gender is guessed 20.0 points better with the generated rows than without");
  });
});

describe("replays", () => {
  it("tells what was reported from what it is worth", () => {
    const [duplicates, notebook] = replays;
    expect(plain(replayFigure(notebook!, "Frequency").title)).toBe(
      "A notebook's recipe reports 76.1 %; on real customers it is 13.6 %",
    );
    const copied = replayFigure({ ...duplicates!, reported: 0.97, onReal: 0.97, honest: 0.14 }, "Frequency");
    expect(plain(copied.title)).toBe("Copied rows report 97.0 %; split honestly it is 14.0 %");
    expect(replayFigure(duplicates!, "Frequency").note).toContain("copied first and split afterwards");
    expect(replayFigure(notebook!, "Frequency").fileName).toContain("mistake");
  });
});

describe("the ledger of several samplers", () => {
  it("puts the yardstick and the primary arm first, then one sampler after another", () => {
    expect(ledgerArms(fullLedger, "random-forest").map(({ label }) => label)).toEqual([
      "Real rows only",
      "Real + 1× GAN rows",
      "Real + 3× GAN rows",
      "Real, balanced by GAN rows",
      "Only GAN rows",
      "Real + 1× tree rows",
      "Only tree rows",
      "Real + 1× block rows",
      "Real + 1× shuffled rows",
    ]);
  });

  it("labels all but the primary arm exploratory, and says what could have been found", () => {
    const arms = ledgerArms(fullLedger, "random-forest");
    expect(arms[1]?.gain?.interval).not.toContain("exploratory");
    expect(arms.slice(2).every(({ gain }) => gain?.interval.includes("exploratory"))).toBe(true);
    expect(ledgerFigure(fullLedger, "random-forest").source).toContain("this design would find: +0.021");
  });
});

describe("what to do next", () => {
  const output = { ledger: fullLedger, audit: laggingAudit, replays };

  it("names what can be predicted instead", () => {
    expect(plain(targetsWords(signal, plainLabels))).toBe("Discount (83.8 %), Gender (72.8 %)");
    expect(plain(verdictConclusion(fullLedger, signal, plainLabels, ["Item"]))).toContain(
      "This table can predict instead: Discount (83.8 %), Gender (72.8 %).",
    );
    expect(targetsWords(null, plainLabels)).toBe("");
  });

  it("starts with the target and warns of rows that are told apart", () => {
    const steps = nextSteps(output, signal, plainLabels, true).map(plain);
    expect(steps[0]).toContain("Drop this target");
    expect(steps).toContainEqual(expect.stringContaining("AUC 0.99"));
    expect(steps.at(-1)).toContain("without “quick”");
  });

  it("asks for the comparison where it was skipped", () => {
    expect(nextSteps({ ...output, ledger: null }, null, plainLabels, false)[0]).toContain("Run the comparison");
    expect(nextSteps({ ledger: null, audit: null, replays: [] }, null, plainLabels, false)).toEqual([]);
  });
});

/** All sentences and tables that follow from an audit. */
function allWords(audit: AuditReport): string {
  const figures = [fidelityFigure(audit, "Frequency"), overlayFigure(audit, "Age", plainLabels)];
  const texts = audit.arms.flatMap(({ privacy: given }) =>
    given
      ? [
          nearerFigure(audit, given),
          distanceFigure(given),
          checksTable(given, plainLabels),
          checksTitle(given),
          attributesTable(given, plainLabels),
          attributesTitle(given, plainLabels),
        ]
      : [],
  );
  const words = [
    auditFinding(audit),
    auditLede(audit),
    auditConclusion(audit),
    step0Words(audit),
    recipeWords(audit),
    ...figures,
    ...texts,
  ];
  return JSON.stringify([words, nextSteps({ ledger: null, audit, replays: [] }, null, plainLabels, true)], (key, value) =>
    // Figures for the drawing, not for the reader.
    ["value", "low", "high", "edges", "real", "made", "bins"].includes(key) && typeof value !== "string" ? 0 : value,
  );
}

describe.each(["en", "vi"] as const)("odd figures in %s", (language) => {
  const odd = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(Number.NaN, 0, 1, Number.POSITIVE_INFINITY));

  test("no sentence holds NaN or undefined", () => {
    locale.choose(language);
    fc.assert(
      fc.property(fc.array(odd, { minLength: 16, maxLength: 16 }), fc.boolean(), (values, isBare) => {
        const at = (i: number) => values[i] ?? Number.NaN;
        const whole = withParts(learntAudit, part(0.9, 0.6), part(0.8, 0.9));
        const arms = whole.arms.map((arm, i) => ({
          ...arm,
          figures: {
            ...arm.figures,
            columnShapes: at(i),
            pairTrends: at(i + 1),
            pairTrendsSignal: at(i + 2),
            twoSampleAuc: at(i + 3),
            brokenRows: at(i + 4),
            trainSyntheticTestReal: isBare ? null : at(i + 5),
            columns: isBare ? [] : arm.figures.columns,
          },
          privacy: arm.privacy
            ? privacy({
                copyShare: at(i),
                nearerToTraining: { value: at(i), low: at(i + 1), high: at(i + 2) },
                membership: { value: at(i + 3), low: at(i + 4), high: at(i + 5) },
                neighbourRatio: at(i + 6),
                distances: isBare ? new Float64Array(0) : Float64Array.of(at(1), at(2)),
                attributes: isBare ? [] : [{ column: "Age", fromMade: at(3), fromFresh: at(4), commonest: at(5) }],
              })
            : null,
        }));
        const words = allWords({ ...learntAudit, arms: isBare ? arms.slice(0, 1) : arms });
        expect(words).not.toMatch(/NaN|undefined|Infinity|\[object/);
      }),
      { numRuns: 60 },
    );
  });
});
