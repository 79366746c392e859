import { version } from "../../../package.json";
import { findSmallGroups } from "../../core/small-groups.ts";
import { modelSession } from "../state/model-session.svelte.ts";
import { STEPS } from "../state/settings.ts";
import type { Workspace } from "../state/workspace.svelte.ts";

/** Keys and meaning: report.json, schema trendloom-report/1. A key appears when its part exists. */
export type ReportJson = Record<string, unknown>;

function dataPart(workspace: Workspace): ReportJson {
  const report = workspace.report;
  if (!report) return {};
  const { name, sha256, nRows, nColumns, sample, repaired, skipped, flagged } = report;
  const columns = report.columns.map((column) => ({
    name: column.name,
    type: column.type,
    role: workspace.roles[column.name],
    nMissing: column.nMissing,
    nDistinct: column.nDistinct,
  }));
  const samples = skipped.samples.map(({ line, reason }) => ({ line, reason }));
  const size = { name, sha256, nRows, nColumns, ...(sample ? { sample: { nRows, ...sample } } : {}) };
  return { data: { ...size, repaired, skipped: { count: skipped.count, samples }, flagged, columns } };
}

/** A report is passed on: counts of few customers become null in it. */
function withoutSmall<Cell extends { readonly count: number }>(cells: readonly Cell[]) {
  const isSmall = findSmallGroups(cells.map(({ count }) => count));
  return cells.map((cell, i) => (isSmall[i] ? { ...cell, count: null } : cell));
}

function structurePart(workspace: Workspace): ReportJson {
  const structure = workspace.structure.output;
  if (!structure) return {};
  return {
    structure: {
      identifiers: structure.identifiers,
      identical: structure.identical,
      dependencies: structure.dependencies.map(({ from, to }) => ({ from, to })),
      combinations: structure.combinations.map(({ columns, cells }) => ({ columns, cells: withoutSmall(cells) })),
      synonyms: structure.synonyms.map(({ column, groups }) => ({ column, groups })),
      rowOrder: structure.rowOrder.map(({ column, auc }) => ({ column, auc })),
      signalPairs: structure.signalPairs,
      nearDuplicates: structure.nearDuplicates,
      nearDependencies: structure.nearDependencies.map(({ from, to, nExceptions }) => ({ from, to, nExceptions })),
      recoded: structure.recoded.map(({ a, b, isInverse }) => ({ a, b, isInverse })),
      derived: structure.derived.map(({ column, kind, from, r2, residualSd }) => ({ column, kind, from, r2, residualSd })),
      targetLeaks: structure.targetLeaks,
    },
  };
}

function segmentsPart(workspace: Workspace): ReportJson {
  const report = workspace.segments.output;
  if (!report) return {};
  const { method, columns, k, inertia, silhouette, nullSilhouette, verdict } = report;
  const { jaccard } = report.stability;
  const isSmall = findSmallGroups(report.sizes);
  const told = <Value>(values: readonly Value[]) => values.map((value, i) => (isSmall[i] ? null : value));
  const tiers = report.segments.map(({ name, size, shareOfCustomers, shareOfRevenue, rule }, i) =>
    isSmall[i]
      ? { name, size: null, shareOfCustomers: null, shareOfRevenue: null, rule: null }
      : { name, size, shareOfCustomers, shareOfRevenue, rule },
  );
  const { sizes, centres } = { sizes: told(report.sizes), centres: told(report.centres) };
  return { segments: { method, columns, k, sizes, centres, inertia, silhouette, nullSilhouette, jaccard, verdict, tiers } };
}

/** What the explained model goes by, where one was explained: permutation intervals, gain and mean |SHAP| of each feature. */
function importancePart(workspace: Workspace): ReportJson {
  const explained = modelSession(workspace).explained;
  if (!explained) return {};
  const { learner, nRows, nRepeats, metric, score, importance } = explained;
  return { importance: { learner, nRows, nRepeats, metric, score, features: importance } };
}

function predictPart(workspace: Workspace): ReportJson {
  const report = workspace.predict.output;
  if (!report) return {};
  const models = report.models.map(({ learner, device, why, metrics, facts, tuning, fitSeconds, nFolds, ...model }) => ({
    learner,
    device,
    why,
    metrics,
    facts,
    tuning,
    classes: model.curves.map(({ value, share, rocAuc, averagePrecision, calibrationError }) => ({
      value,
      share,
      rocAuc,
      averagePrecision,
      calibrationError,
    })),
    ...(model.thresholds?.chosen ? { cut: { value: model.thresholds.value, ...model.thresholds.chosen } } : {}),
    fitSeconds,
    nFolds,
  }));
  return { signal: report.signal, models, baselines: report.baselines, runLog: report.runLog, ...importancePart(workspace) };
}

function ganPart(workspace: Workspace): ReportJson {
  const output = workspace.synthesize.output;
  if (!output) return {};
  const { engine, ...rest } = output.report;
  return {
    gan: {
      engine: engine.engine,
      why: engine.why,
      candidates: engine.candidates,
      preset: rest.preset,
      steps: rest.steps,
      stoppedBy: rest.stoppedBy,
      msPerStep: rest.msPerStep,
      seconds: rest.seconds,
      nRows: output.rows.nRows,
      /** Measured against the first fold's held-out rows; the audit protocol's halves are a later part of the report. */
      heldOut: rest.fidelity,
      nCopies: rest.nCopies,
      history: rest.history.map(({ step, criticLoss, marginalLoss, pairLoss, columnShapes, pairTrendsSignal }) => ({
        step,
        criticLoss,
        marginalLoss,
        pairLoss,
        columnShapes,
        pairTrendsSignal,
      })),
    },
  };
}

/** Every figure compares with rows that no generator has seen; a key for each arm that was audited. */
function auditPart(workspace: Workspace): ReportJson {
  const audit = workspace.verdict.output?.audit;
  if (!audit) return {};
  const { arms, ...protocol } = audit;
  const fidelity = arms.map(({ name, figures }) => {
    const { columnShapes, pairTrends, pairTrendsSignal, twoSampleAuc, brokenRows, trainSyntheticTestReal } = figures;
    return [name, { columnShapes, pairTrends, pairTrendsSignal, twoSampleAuc, brokenRows, trainSyntheticTestReal }];
  });
  const privacy = arms.flatMap(({ name, privacy: measured }) => {
    if (!measured) return [];
    const { copyShare, copyShareFresh, nearerToTraining, neighbourRatio, neighbourRatioFresh, membership } = measured;
    const { value: share, low, high } = nearerToTraining;
    const figures = {
      copyShare,
      copyShareFresh,
      nearerToTraining: { share, low, high },
      neighbourRatio,
      neighbourRatioFresh,
      membershipAuc: membership.value,
      membershipInterval: { low: membership.low, high: membership.high },
      attributes: measured.attributes,
      nRows: measured.nRows,
    };
    return [[name, figures]];
  });
  return { fidelity: Object.fromEntries(fidelity), privacy: Object.fromEntries(privacy), audit: protocol };
}

function ledgerPart(workspace: Workspace): ReportJson {
  const report = workspace.verdict.output?.ledger;
  if (!report) return {};
  const arms = report.entries.filter((entry) => entry.mode !== "real-only");
  return {
    ledger: arms,
    ledgerRealOnly: report.entries.filter((entry) => entry.mode === "real-only"),
    ledgerVerdict: report.verdict,
    ledgerDesign: { nFolds: report.nFolds, nRepeats: report.nRepeats, leftOut: report.leftOut },
  };
}

/** Mistakes made on purpose, under their own key: no score of theirs stands among the others. */
function replaysPart(workspace: Workspace): ReportJson {
  const replays = workspace.verdict.output?.replays ?? [];
  return replays.length > 0 ? { leakReplay: replays } : {};
}

function timingsPart(workspace: Workspace): ReportJson {
  const done = STEPS.filter((step) => workspace[step].output !== null);
  return { timings: Object.fromEntries(done.map((step) => [step === "data" ? "read" : step, workspace[step].outputSeconds])) };
}

/** The report of what the workspace holds now. Network figures are counted from outside the page and added by whoever counts. */
export function buildReport(workspace: Workspace): ReportJson {
  return {
    schema: "trendloom-report/1",
    app: { version },
    settings: { ...workspace.settings },
    seed: workspace.settings.seed,
    ...dataPart(workspace),
    ...structurePart(workspace),
    ...segmentsPart(workspace),
    ...predictPart(workspace),
    ...ganPart(workspace),
    ...auditPart(workspace),
    ...ledgerPart(workspace),
    ...replaysPart(workspace),
    ...timingsPart(workspace),
  };
}
