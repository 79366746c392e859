import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findKnownName, foldName, KNOWN_COLUMNS, knownColumn } from "../../../src/table/known-columns.ts";

const ENGLISH =
  "Customer ID,Age,Gender,Item Purchased,Category,Purchase Amount (USD),Location,Size,Color,Season,Review Rating,Subscription Status,Payment Method,Shipping Type,Discount Applied,Promo Code Used,Previous Purchases,Preferred Payment Method,Frequency of Purchases".split(
    ",",
  );
const VIETNAMESE =
  "Mã khách hàng,Tuổi,Giới tính,Mặt hàng đã mua,Danh mục,Số tiền mua (USD),Địa điểm,Kích cỡ,Màu sắc,Mùa,Điểm đánh giá,Đăng ký thành viên,Phương thức thanh toán,Hình thức giao hàng,Áp dụng giảm giá,Dùng mã khuyến mãi,Số lần mua trước,Thanh toán ưa dùng,Tần suất mua hàng".split(
    ",",
  );

const spellings: readonly [string, (name: string) => string][] = [
  ["as published", (name) => name],
  ["snake_case", (name) => name.replace(" (USD)", "").toLowerCase().replaceAll(" ", "_")],
  ["underscored with the unit", (name) => name.replaceAll(" ", "_")],
  ["unit as a word", (name) => name.replace(/[ ()]+/g, "_")],
  ["camelCase", (name) => name.replace(" of ", " Of ").replace(/ \(USD\)| /g, "")],
  ["capitals", (name) => name.toUpperCase()],
];

test.each(spellings)("the 19 headings, %s", (_, spell) => {
  expect(ENGLISH.map((name) => knownColumn(spell(name)))).toEqual([...KNOWN_COLUMNS]);
});

test("the 19 Vietnamese headings, with and without accents, composed or not", () => {
  expect(VIETNAMESE.map(knownColumn)).toEqual([...KNOWN_COLUMNS]);
  expect(VIETNAMESE.map((name) => knownColumn(name.normalize("NFD")))).toEqual([...KNOWN_COLUMNS]);
  expect(VIETNAMESE.map((name) => knownColumn(foldName(name).toUpperCase()))).toEqual([...KNOWN_COLUMNS]);
});

test.each([
  ["snake_case", (name: string) => foldName(name).replaceAll(" ", "_")],
  ["camelCase", (name: string) => foldName(name).replace(/ (.)/g, (_, letter: string) => letter.toUpperCase())],
  ["hyphens and accents", (name: string) => name.replace(" (USD)", "").toLowerCase().replaceAll(" ", "-")],
  ["unit as a word", (name: string) => name.replace("(USD)", "USD")],
])("the 19 Vietnamese headings, %s", (_, spell) => {
  expect(VIETNAMESE.map((name) => knownColumn(spell(name)))).toEqual([...KNOWN_COLUMNS]);
});

test("words run together without capitals", () => {
  const joined = (name: string) => foldName(name).replaceAll(" ", "");
  const long = (names: readonly string[]) =>
    names.map((name, at) => [joined(name), at] as const).filter(([name]) => name.length > 7);
  for (const [name, at] of [...long(ENGLISH), ...long(VIETNAMESE)])
    expect([name, knownColumn(name)]).toEqual([name, KNOWN_COLUMNS[at]]);
});

test("what the page calls the columns is known, in both languages", () => {
  for (const language of ["en", "vi"]) {
    const path = new URL(`../../../src/app/i18n/${language}/columns.json`, import.meta.url);
    const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(path, "utf8"));
    for (const known of KNOWN_COLUMNS) expect(knownColumn(words[`column_${known}`] ?? "")).toBe(known);
  }
});

test("other headings are not known", () => {
  expect(["Cluster", "category_age", "Discounted price", "", "(USD)", "__proto__", "constructor"].map(knownColumn)).toEqual(
    new Array(7).fill(null),
  );
});

test("the first heading of a meaning is found", () => {
  expect(findKnownName(["x", "AGE", "Tuổi"], "age")).toBe("AGE");
  expect(findKnownName(["x"], "age")).toBeNull();
});
