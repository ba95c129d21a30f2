/* Reads the values that passages give, numbers and dates, and tells them in words: as the build does. */

import { SPACE } from "./letters.js";

const NUMBER = "-?[0-9]{1,15}(?:\\.[0-9]{1,6})?";
const BLANKS = new RegExp(`[${SPACE}]+`, "g");
const IS_BLANK = new RegExp(`[${SPACE}]`);
const FORM = new RegExp(`^(~|>=|<=|>|<)?[ \\t-\\r]*(${NUMBER})(?:\\.\\.(${NUMBER}))?$`);
const EXAMPLE = "a value is written 15, 200..300, >100, >=10, <5, <=4, ~200 or ~200..300, in plain digits";
const DATE_EXAMPLE = "a date is written 2018, 2018-08, 2018-08-31, 2018-08?, or 2019-11-06/2019-11-11";

const POINT = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)$/;
const MONTHS = " January February March April May June July August September October November December".split(" ");
const DOUBTS = { "?": "probably ", "~": "about ", "%": "probably about " };

/**
 * A value in words, with its unit; throws an Error with a correct example where it cannot be read.
 * @param {string} value
 * @param {{quantity?: string, unit?: string}} measure
 */
export function inWords(value, { quantity, unit }) {
  if (!quantity) throw new Error("the claim has no measure, so that no value can be given for it");
  if (unit === "date") return dateInWords(value);
  return quantityInWords(value) + (unit ? ` ${unit}` : "");
}

/** What somebody may have meant by a value that cannot be read; empty where there is nothing to offer. @param {string} value */
export function suggested(value) {
  const plain = bare(value)
    .toLowerCase()
    .replace(/(\d)[,\u00a0\u202f '’](?=\d{3}(?!\d))/g, "$1")
    .replace(/^(?:about|around|some|circa|ca\.?|approximately|nearly|almost)\s+/, "~")
    .replace(/^(?:more than|over|above)\s+/, ">")
    .replace(/^(?:fewer than|less than|under|below)\s+/, "<")
    .replace(/^(?:at least|no fewer than|not less than)\s+/, ">=")
    .replace(/^(?:at most|up to|no more than|not more than)\s+/, "<=")
    .replace(/^between\s+(\S+)\s+and\s+/, "$1..")
    .replace(/(\d)\s*(?:-|–|—|\sto\s)\s*(?=\d)/, "$1..")
    .replace(/^(\S*\d)\s.*$/, "$1");
  try {
    quantityInWords(plain);
    return plain === value ? "" : plain;
  } catch {
    return "";
  }
}

/** Without blanks around it; a pattern for those at the end would try each run of them. @param {string} value */
function bare(value) {
  let [start, end] = [0, value.length];
  while (start < end && IS_BLANK.test(value[start])) start += 1;
  while (start < end && IS_BLANK.test(value[end - 1])) end -= 1;
  return value.slice(start, end);
}

/** @param {string} value */
function quantityInWords(value) {
  const match = FORM.exec(bare(value));
  if (!match) throw new Error(EXAMPLE);
  const [, sign, low, high] = match;
  if (high === undefined) return `${{ ">": "more than ", ">=": "at least ", "<": "fewer than ", "<=": "at most ", "~": "about " }[sign] ?? ""}${grouped(low)}`;
  if (sign && sign !== "~") throw new Error("a range has no bound sign: write 200..300, or >200");
  if (isGreater(low, high)) throw new Error(`the range ${value.replace(BLANKS, "")} ends below where it begins`);
  const words = grouped(low) === grouped(high) ? grouped(low) : `${grouped(low)} to ${grouped(high)}`;
  return sign ? `about ${words}` : words;
}

/** The number with a comma after each thousand; its decimals stay as written. */
function grouped(number) {
  const [, minus, whole, decimals = ""] = /^(-?)0*([0-9]+?)(\.[0-9]+)?$/.exec(number);
  return minus + whole.replace(/\B(?=(?:[0-9]{3})+$)/g, ",") + decimals;
}

/** Whether one decimal number is greater than another: some have more digits than a number of JavaScript's can hold. */
function isGreater(one, other) {
  const [first, second] = [one, other].map((number) => {
    const [whole, decimals = ""] = number.replace("-", "").split(".");
    const digits = BigInt(whole + decimals.padEnd(6, "0"));
    return number.startsWith("-") ? -digits : digits;
  });
  return first > second;
}

/** @param {string} value */
export function dateInWords(value) {
  const written = bare(value);
  const isSet = written.startsWith("[") && written.endsWith("]") && written.length > 1;
  const inner = isSet ? written.slice(1, -1) : written;
  const at = inner.indexOf(isSet ? ".." : "/");
  if (at < 0) return pointInWords(point(inner));
  const [start, end] = [inner.slice(0, at), inner.slice(at + (isSet ? 2 : 1))];
  const isOpen = (part) => part === "" || part === "..";
  if (isOpen(start) && isOpen(end)) throw new Error(DATE_EXAMPLE);
  const [first, last] = [start, end].map((part) => (isOpen(part) ? null : point(part)));
  if (first && last && first.earliest > last.latest) throw new Error(`the interval ${written} ends before it begins`);
  if (!first) return `by ${pointInWords(last)}`;
  if (!last) return `since ${pointInWords(first)}`;
  return `between ${shared(first, last)} and ${pointInWords(last)}`;
}

function point(text) {
  const match = POINT.exec(text);
  if (!match) throw new Error(DATE_EXAMPLE);
  const [, year, month, day, mark] = match;
  const days = new Date(Date.UTC(2000, Number(month ?? 12), 0)).getUTCDate();
  const isLeap = (y) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const longest = month === "02" && !isLeap(Number(year)) ? 28 : days;
  const isThere = year !== "0000" && within(month, 12) && within(day, longest);
  if (!isThere) throw new Error(`there is no day ${text} in the calendar`);
  const earliest = `${year}-${month ?? "01"}-${day ?? "01"}`;
  return { text, year, month, day, mark, earliest, latest: `${year}-${month ?? "12"}-${day ?? longest}` };
}

function within(part, most) {
  return part === undefined || (Number(part) >= 1 && Number(part) <= most);
}

function pointInWords({ year, month, day, mark }) {
  const words = [day && String(Number(day)), month && MONTHS[Number(month)], year].filter(Boolean).join(" ");
  return (DOUBTS[mark] ?? "") + words;
}

/** The beginning of an interval without the month and the year that it shares with the end. */
function shared(start, end) {
  const words = pointInWords(start);
  if (start.year !== end.year) return words;
  const without = (count) => words.split(" ").slice(0, -count).join(" ");
  const sameMonth = start.text.slice(0, 7) === end.text.slice(0, 7);
  if (sameMonth && start.text.length >= 10 && end.text.length >= 10) return without(2);
  return start.text.length > 4 && end.text.length > 4 ? without(1) : words;
}
