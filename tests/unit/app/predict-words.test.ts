import { beforeEach, describe, expect, it } from "vitest";
import { locale } from "../../../src/app/i18n/locale.svelte.ts";
import {
  confusionTitle,
  groupWords,
  mergeFacts,
  relatedColumns,
  sharesTitle,
} from "../../../src/app/screens/predict/answer-words.ts";
import { modelPanels, modelRows, modelsTitle, modelTable } from "../../../src/app/screens/predict/model-figure.ts";
import { confusionFacts, tellingRule } from "../../../src/app/screens/predict/predict-facts.ts";
import { predictConclusion, predictFinding, predictLede } from "../../../src/app/screens/predict/predict-words.ts";
import type { StructureReport } from "../../../src/workers/data.jobs.ts";
import { model, modelSignal, noSignal, numericNone, plainLabels, ruleSignal } from "./predict-report.ts";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

const structure = {
  synonyms: [
    {
      column: "Frequency",
      groups: [
        ["Bi-Weekly", "Fortnightly"],
        ["Quarterly", "Every 3 Months"],
      ],
      counts: [
        [547, 542],
        [563, 584],
      ],
    },
  ],
  signalPairs: [
    { a: "Discount", b: "Promo", measure: "cramers-v", value: 1 },
    { a: "Gender", b: "Discount", measure: "cramers-v", value: 0.6 },
    { a: "Frequency", b: "Gender", measure: "cramers-v", value: 0.5 },
  ],
} as unknown as StructureReport;

describe("in English", () => {
  beforeEach(() => locale.choose("en"));

  it("says that a target without signal cannot be predicted, against chance", () => {
    expect(plain(predictFinding(noSignal, plainLabels))).toBe(
      "Frequency cannot be predicted from these columns: 13.5 % right, chance is 14.3 %.",
    );
  });

  it("compares with the commonest answer where the answers are uneven", () => {
    const uneven = { ...ruleSignal, signal: { ...ruleSignal.signal, verdict: "none" as const, score: 0.72 } };
    expect(plain(predictFinding(uneven, plainLabels))).toBe(
      "Subscribed cannot be predicted from these columns: 72.0 % right, the commonest answer alone 73.0 %.",
    );
  });

  it("names the column that gives the target away, unless models know more", () => {
    expect(plain(predictFinding(ruleSignal, plainLabels))).toBe(
      "Discount gives Subscribed away: that column alone is right 84.0 %, the best model 83.8 %.",
    );
    expect(tellingRule(modelSignal)).toBeNull();
    expect(plain(predictFinding(modelSignal, plainLabels))).toBe(
      "Subscribed can be predicted: 83.8 % right, the commonest answer alone 73.0 %.",
    );
  });

  it("does not call an accuracy below the commonest answer a prediction", () => {
    const likely = { ...modelSignal, signal: { ...modelSignal.signal, verdict: "weak" as const, score: 0.73 } };
    expect(predictFinding(likely, plainLabels)).toContain("How likely each Subscribed is can be predicted, which one cannot");
  });

  it("reads a numeric target by R²", () => {
    expect(plain(predictFinding(numericNone, plainLabels))).toBe(
      "Age cannot be predicted from these columns: R² is −0.01, the mean alone has 0.00.",
    );
    expect(plain(predictLede(numericNone, plainLabels))).toContain(
      "Linear regression is off by **15.30** ± 0.01 (RMSE over 5 folds)",
    );
  });

  it("carries the finding with the plain guess, the permuted answers and the log loss; the reference learner does not count", () => {
    expect(plain(predictLede(noSignal, plainLabels))).toBe(
      "Always answering “Every 3 Months” is right **15.0 %** of the time, and no model beats it. " +
        "On shuffled answers the models do just as well: **p = 0.70**. " +
        "Every log loss is worse than that of the plain shares, 1.946.",
    );
    expect(plain(predictLede(modelSignal, plainLabels))).toContain("Random Forest is right **83.8 %** ± 1.0 % over 5 folds");
  });

  it("titles the figure by who is ahead, and of what", () => {
    expect(modelsTitle(noSignal, plainLabels)).toBe("No model beats one that always gives the same answer");
    expect(modelsTitle(ruleSignal, plainLabels)).toContain("No model beats the rule on Discount");
    const lucky = { ...noSignal, models: [model("random-forest", { accuracy: 0.152, logLoss: 2 })] };
    expect(modelsTitle(lucky, plainLabels)).toBe("Random Forest is ahead of the plain guess by no more than luck");
  });

  it("ends in what to do, with other columns to ask about", () => {
    expect(relatedColumns(structure, "Frequency")).toEqual(["Gender", "Discount"]);
    expect(predictConclusion(noSignal, plainLabels, ["Gender"])).toBe(
      "Models tried: 3. None knows more about Frequency than its plain shares. " +
        "Columns of this table that do hang together: Gender. Ask it about one of those instead.",
    );
  });

  it("counts labels of one meaning once", () => {
    const counts = new Map(noSignal.classShares.map(({ value, share }) => [value, Math.round(share * 3900)]));
    const facts = mergeFacts(structure, "Frequency", counts);
    expect(facts).toMatchObject({ nAsWritten: 7, nMerged: 5 });
    expect(facts?.commonest).toBeCloseTo(1147 / 3900, 10);
    expect(facts && groupWords(facts, "Frequency", plainLabels)).toBe("Bi-Weekly = Fortnightly; Quarterly = Every 3 Months");
    expect(mergeFacts(structure, "Gender", counts)).toBeNull();
    expect(mergeFacts(null, "Frequency", counts)).toBeNull();
  });

  it("says how common the answers are", () => {
    expect(plain(sharesTitle(noSignal, plainLabels))).toBe("The answers are about equally common, from 13.8 % to 15.0 %");
    expect(plain(sharesTitle(ruleSignal, plainLabels))).toBe("No is the commonest answer, 73.0 % of the rows");
  });

  it("finds the commonest mistake, and the model that gives everybody the same answer", () => {
    const mixed = {
      ...model("random-forest", {}),
      confusion: [
        [70, 30],
        [5, 95],
      ],
    };
    expect(confusionTitle(modelSignal, mixed, plainLabels)).toBe("Yes is most often taken for No: 30\u202f% of its rows");
    const same = {
      ...mixed,
      confusion: [
        [0, 100],
        [1, 299],
      ],
    };
    expect(confusionTitle(modelSignal, same, plainLabels)).toBe("Nearly everyone gets the same answer, No");
    expect(confusionFacts(mixed.confusion)).toMatchObject({ nRows: 200, nRight: 165, nExpected: 100, single: null });
  });

  it("draws no interval and no log loss where there is none to draw", () => {
    const rows = modelRows(noSignal, plainLabels);
    const reference = rows.find((row) => row.kind === "partial");
    expect(reference?.scores[1]).toBeNull();
    expect(rows[0]?.scores.map((score) => score?.value)).toEqual([0.1497, 1.9455]);
    expect(rows.map((row) => row.kind)).toEqual(["guess", "guess", "model", "model", "partial"]);
  });

  it("marks chance only where it is a yardstick", () => {
    expect(modelPanels(noSignal)[0]?.references.map(({ kind }) => kind)).toEqual(["chance", "majority"]);
    expect(modelPanels(ruleSignal)[0]?.references.map(({ kind }) => kind)).toEqual(["majority"]);
  });

  it("lists every metric of every model and guess behind the figure", () => {
    const table = modelTable(noSignal, plainLabels);
    expect(table.rows).toHaveLength(6);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
  });
});

describe("in Vietnamese", () => {
  beforeEach(() => locale.choose("vi"));

  it("says the same, with a decimal comma", () => {
    expect(plain(predictFinding(noSignal, plainLabels))).toBe(
      "Không đoán được Frequency từ các cột này: đúng 13,5 %, đoán mò là 14,3 %.",
    );
    expect(plain(predictLede(noSignal, plainLabels))).toContain("**p = 0,70**");
    expect(modelsTitle(noSignal, plainLabels)).toBe("Không mô hình nào hơn cách luôn trả lời một đáp án");
  });
});
