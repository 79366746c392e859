import type { ComponentProps } from "svelte";
import ConfusionMatrix from "../ConfusionMatrix.svelte";
import type { MatrixCell } from "../confusion-matrix.ts";
import { type ChartSpecimens, inEnglish } from "./specimen.ts";

type Props = ComponentProps<typeof ConfusionMatrix>;

const classes = ["Weekly", "Fortnightly", "Bi-Weekly", "Monthly", "Quarterly", "Every 3 Months", "Annually"];
const counts = [
  [65, 76, 70, 92, 76, 92, 68],
  [70, 54, 76, 87, 87, 81, 87],
  [71, 77, 87, 77, 87, 82, 66],
  [83, 66, 72, 94, 66, 83, 89],
  [84, 73, 73, 90, 68, 84, 91],
  [70, 82, 82, 93, 82, 82, 93],
  [69, 74, 74, 86, 86, 97, 86],
];

function build(names: readonly string[], matrix: readonly (readonly number[])[], more: Partial<Props> = {}): Props {
  return {
    label: "Confusion matrix of the Random Forest in percent of each row: the diagonal is no different from the rest.",
    classes: names,
    counts: matrix,
    actualLabel: "really",
    predictedLabel: "predicted",
    format: (share: number) => inEnglish(0)(share * 100),
    tip: (cell: MatrixCell) => ({
      mark: "real",
      title: `${inEnglish(0)(cell.count)} customers`,
      lines: [`really ${names[cell.row]}`, `predicted ${names[cell.column]}`],
    }),
    ...more,
  };
}

/** A matrix in which `right` of every row's customers are told right. */
function matrixOf(n: number, right: number): number[][] {
  return Array.from({ length: n }, (_, row) =>
    Array.from({ length: n }, (_, column) => (row === column ? right : Math.round((100 - right) / Math.max(1, n - 1)))),
  );
}

export const confusionMatrix: ChartSpecimens<Props> = {
  chart: "confusion-matrix",
  widthPx: 620,
  component: ConfusionMatrix,
  specimens: [
    { state: "empty", title: "No class", props: build([], []) },
    {
      state: "one",
      title: "Two classes, one never seen",
      props: build(
        ["No", "Yes"],
        [
          [53, 0],
          [0, 0],
        ],
      ),
    },
    {
      state: "typical",
      title: "The diagonal does not stand out: every answer is given to everyone",
      note: "Random Forest, share of each row in per cent. Outlined: the right answers.",
      source: "528 of 3,900 right · chance 557",
      props: build(classes, counts),
    },
    {
      state: "many",
      title: "Sixteen classes",
      props: build(
        Array.from({ length: 16 }, (_, i) => `Class ${i + 1}`),
        matrixOf(16, 55),
      ),
    },
    {
      state: "missing",
      title: "No customer of two classes",
      props: build(
        classes,
        counts.map((row, i) => (i === 2 || i === 4 ? row.map(() => 0) : row)),
      ),
    },
    {
      state: "long labels",
      title: "Names that do not fit",
      props: build(
        ["Buys every week without exception", "Comes back when there is a discount", "Neither of the two"],
        matrixOf(3, 84),
      ),
    },
    {
      state: "vietnamese",
      title: "Đường chéo không nổi lên: câu nào cũng được trả lời cho mọi người",
      props: build(["Hằng tuần", "Nửa tháng", "Hai tuần", "Hằng tháng", "Hằng quý", "Mỗi 3 tháng", "Hằng năm"], counts, {
        label: "Ma trận nhầm lẫn của rừng ngẫu nhiên, phần trăm theo dòng.",
        actualLabel: "thật ra",
        predictedLabel: "dự đoán",
      }),
    },
    {
      state: "dark",
      title: "Most customers are told right",
      props: build(["Weekly", "Monthly", "Quarterly", "Annually", "Never"], matrixOf(5, 72)),
    },
  ],
};
