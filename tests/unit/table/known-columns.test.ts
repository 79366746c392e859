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

test("other headings are not known", () => {
  expect(["Cluster", "category_age", "Discounted price", "", "(USD)", "__proto__", "constructor"].map(knownColumn)).toEqual(
    new Array(7).fill(null),
  );
});

test("the first heading of a meaning is found", () => {
  expect(findKnownName(["x", "AGE", "Tuổi"], "age")).toBe("AGE");
  expect(findKnownName(["x"], "age")).toBeNull();
});
