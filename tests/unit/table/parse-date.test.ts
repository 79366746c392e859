import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDates } from "../../../src/table/parse-date.ts";

const iso = (texts: readonly string[]) =>
  [...(parseDates(texts) ?? [])].map((value) => new Date(value).toISOString().replace("T00:00:00.000Z", ""));

test("ISO dates, with or without a time", () => {
  expect(iso(["2024-02-29", "2024/1/5"])).toEqual(["2024-02-29", "2024-01-05"]);
  expect(iso(["2024-01-05 13:22", "2024-01-05T13:22:07Z", "2024-01-05T13:22:07.250"])).toEqual([
    "2024-01-05T13:22:00.000Z",
    "2024-01-05T13:22:07.000Z",
    "2024-01-05T13:22:07.250Z",
  ]);
});

test("numeric dates are read only where some value tells the day from the month", () => {
  expect(iso(["01/02/2024", "31/12/2024"])).toEqual(["2024-02-01", "2024-12-31"]);
  expect(iso(["01/02/2024", "12/31/2024"])).toEqual(["2024-01-02", "2024-12-31"]);
  expect(iso(["01.02.2024"])).toEqual(["2024-02-01"]);
  expect(parseDates(["01/02/2024", "03/04/2024"])).toBeNull();
  expect(parseDates(["31/12/2024", "12/31/2024"])).toBeNull();
});

test.each(["2024-02-30", "2023-02-29", "2024-13-01", "2024-01-05 24:00", "2024-01-05 10:61", "0999-01-01", "soon"])(
  "%s is no date",
  (text) => {
    expect(parseDates([text])).toBeNull();
  },
);

test("every day of four-digit years reads back", () => {
  const days = fc.date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(days, (day) => {
      expect(parseDates([day.toISOString()])?.[0]).toBe(day.getTime());
    }),
  );
});
