// What the page can work out without the server: which items are asked, and how far the answers are.
// It mirrors surveys/instruments/predicates.py only to hide and to count; what counts is what the server says.
"use strict";

(() => {
  const FALSE = 0, TRUE = 1, INAPPLICABLE = 2, UNKNOWN = 3;
  const STATES = { NA: INAPPLICABLE, DECLINE: UNKNOWN };

  const meets = (value, condition) => {
    const number = Number(String(value).replace("%", ""));
    if (condition.test === "at_least") return number >= Number(condition.value);
    if (condition.test === "at_most") return number <= Number(condition.value);
    if (condition.test === "includes") return String(value).split(";").map((part) => part.trim()).includes(String(condition.value));
    const text = String(value).replace(/\.0$/, "");
    const same = text !== "" && !Number.isNaN(number) && !Number.isNaN(Number(condition.value));
    return same ? number === Number(condition.value) : text === String(condition.value);
  };

  const itemVerdict = (condition, written, lowest) => {
    if (!written) return UNKNOWN;
    if (written in STATES) return STATES[written];
    if (written === "DK") {
      const onScale = condition.test === "at_least" || condition.test === "at_most";
      return onScale && lowest !== null && meets(lowest, condition) ? TRUE : FALSE;
    }
    return meets(written, condition) ? TRUE : FALSE;
  };

  const combined = (verdicts, decisive, otherwise) => {
    for (const verdict of [decisive, UNKNOWN, otherwise]) if (verdicts.includes(verdict)) return verdict;
    return INAPPLICABLE;
  };

  const verdict = (condition, answers, hidden, scales) => {
    const inner = (part) => verdict(part, answers, hidden, scales);
    if (condition.any) return combined(condition.any.map(inner), TRUE, FALSE);
    if (condition.all) return combined(condition.all.map(inner), FALSE, TRUE);
    if (condition.not) {
      const said = inner(condition.not);
      return said <= TRUE ? TRUE - said : said;
    }
    if (hidden.has(condition.item)) return INAPPLICABLE;
    return itemVerdict(condition, answers[condition.item], scales[condition.item] ?? null);
  };

  // The items that are not asked, given the answers so far, as written.
  const hiddenItems = (plan, answers) => {
    const hidden = new Set();
    for (const [item, condition] of Object.entries(plan.conditions)) {
      if (verdict(condition, answers, hidden, plan.scales) !== TRUE) hidden.add(item);
    }
    return hidden;
  };

  // Per part and over all: how many of the asked items are answered.
  const progress = (plan, answers) => {
    const hidden = hiddenItems(plan, answers);
    const parts = {};
    let answered = 0, asked = 0, all = 0;
    for (const [part, items] of Object.entries(plan.parts)) {
      const open = items.filter((item) => !hidden.has(item));
      const done = open.filter((item) => answers[item]);
      parts[part] = [done.length, open.length];
      answered += done.length;
      asked += open.length;
      all += items.length;
    }
    return { parts, answered, asked, minutes_left: Math.ceil((plan.minutes * (asked - answered)) / all), hidden };
  };

  self.Mirror = { hiddenItems, progress };
})();
