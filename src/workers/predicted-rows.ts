import { likeliestClasses } from "../metrics/classification.ts";
import { repeatedColumn, textColumn } from "../table/extend-table.ts";
import type { Column } from "../table/table.ts";
import type { Task } from "../table/task.ts";

/** A model's answers, row by row. */
export interface PredictedRows {
  /** For classes: the place of each row's answer among `classes`, and its probability; empty for numbers. */
  readonly codes: Int32Array;
  readonly classes: readonly string[];
  readonly probability: Float64Array;
  /** For numbers: each row's answer to six digits; empty for classes. */
  readonly values: Float64Array;
}

/** The likeliest class of each row and its probability, or the value. */
export function predictedRows(task: Task, output: Float64Array): PredictedRows {
  const none = new Float64Array(0);
  if (task.kind === "regression")
    return {
      codes: new Int32Array(0),
      classes: [],
      probability: none,
      values: output.map((value) => Number(value.toPrecision(6))),
    };
  const nClasses = task.classes.length;
  const codes = Int32Array.from(likeliestClasses(output, nClasses));
  return {
    codes,
    classes: task.classes,
    probability: Float64Array.from(codes, (code, row) => output[row * nClasses + code]),
    values: none,
  };
}

/**
 * Answers as columns of a table of `nRows` rows: the prediction, the class's probability, and, where it is not empty, the words
 * that say what they are worth. `rows` are the rows that were predicted, null for all; others are left empty.
 */
export function predictedColumns(
  { codes, classes, probability, values }: PredictedRows,
  place: { readonly target: string; readonly verdict: string; readonly nRows: number; readonly rows: Int32Array | null },
): Column[] {
  const { nRows, rows } = place;
  const name = `predicted ${place.target}`;
  const isOfClasses = codes.length > 0;
  const spread = (word: (answer: number) => string): string[] => {
    const words = new Array<string>(nRows).fill("");
    const nAnswers = isOfClasses ? codes.length : values.length;
    for (let answer = 0; answer < nAnswers; answer++) words[rows ? rows[answer] : answer] = word(answer);
    return words;
  };
  const predicted = textColumn(
    name,
    spread((answer) => (isOfClasses ? classes[codes[answer]] : String(values[answer]))),
  );
  const columns: Column[] = [predicted];
  if (isOfClasses)
    columns.push(
      textColumn(
        "probability",
        spread((answer) => probability[answer].toFixed(4)),
      ),
    );
  if (place.verdict !== "") {
    const verdict = repeatedColumn("verdict", place.verdict, nRows);
    columns.push({ ...verdict, codes: predicted.codes.map((code) => (code < 0 ? -1 : 0)) });
  }
  return columns;
}
