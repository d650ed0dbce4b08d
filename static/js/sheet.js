// Moves between the boxes of a sheet with the keyboard and keeps its sums in step while typing.
// The server works everything out again when it saves.
const form = document.querySelector("form[data-sheet]");

let before = "";

wake();
document.addEventListener("click", (event) => {
  const { target } = event;
  const taken = target.closest("[data-take]");
  if (taken) {
    event.preventDefault();
    take(JSON.parse(taken.dataset.take));
    return;
  }
  const chip = target.closest("[data-fill]");
  if (!chip) return;
  const box = document.getElementById(chip.dataset.fill);
  type(box, chip.textContent.trim());
  box.focus();
});
if (form) {
  form.addEventListener("keydown", move);
  form.addEventListener("focusin", ({ target }) => {
    showPast(target.closest("tr[data-element]"));
    if (!target.matches(".cell-input")) return;
    before = target.value;
    target.select();
  });
  form.addEventListener("input", addUp);
  form.addEventListener("drawn", ({ detail }) => {
    wake();
    addToYear(form.querySelector(`tr[data-element="${detail}"]`));
  });
}

function wake() {
  for (const chip of document.querySelectorAll("[data-fill]")) chip.hidden = false;
}

// The numbers that the visits say now; the boxes send them as if they were typed.
function take(numbers) {
  for (const [name, text] of Object.entries(numbers)) type(form.elements.namedItem(name), text);
  form.elements.namedItem(Object.keys(numbers)[0])?.focus();
}

// The line of the months before is open where one types; one that was opened by hand stays.
let opened = null;
function showPast(row) {
  const past = row?.querySelector(".row-past") ?? null;
  if (past === opened) return;
  if (opened) opened.open = false;
  opened = past?.open ? null : past;
  if (opened) opened.open = true;
}

function type(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function move(event) {
  const box = event.target;
  if (box.matches("[data-why]") && event.key === "Enter") {
    event.preventDefault();
    box.blur();
  }
  if (!box.matches(".cell-input") || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    nextSection(box)?.focus();
    return;
  }
  if (event.key === "Escape") {
    if (box.value !== before) type(box, before);
    return;
  }
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step && !(side && atEdge(box, side))) return;
  event.preventDefault();
  (step ? below(box, step) : beside(box, side))?.focus();
}

function nextSection(box) {
  const tables = [...form.querySelectorAll("table")];
  const rest = tables.slice(tables.indexOf(box.closest("table")) + 1);
  return rest.map((table) => table.querySelector(".cell-input")).find(Boolean);
}

function atEdge(box, side) {
  const whole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
  const caret = side > 0 ? box.selectionStart === box.value.length : box.selectionEnd === 0;
  return whole || caret;
}

function below(box, step) {
  const same = [...form.querySelectorAll(".cell-input")].filter(
    (other) => other.dataset.part === box.dataset.part,
  );
  return same[same.indexOf(box) + step] ?? neighbour(box, step);
}

function neighbour(box, step) {
  const rows = [...form.querySelectorAll("tr[data-element]")];
  const start = rows.indexOf(box.closest("tr"));
  for (let at = start + step; rows[at]; at += step) {
    const first = rows[at].querySelector(".cell-input");
    if (first) return first;
  }
  return null;
}

function beside(box, side) {
  const row = [...box.closest("tr").querySelectorAll(".cell-input")];
  return row[row.indexOf(box) + side];
}

// A number, null where nothing readable stands, NaN for "no service": it adds nothing.
function number(text) {
  if (/^\s*t\.?\s*a\b/i.test(text)) return NaN;
  const digits = text.trim().replace(/^(\d{1,3})(?:[. ]\d{3})+$/, (all) => all.replace(/[. ]/g, ""));
  return /^\d+$/.test(digits) ? Number(digits) : null;
}

function shown(value) {
  return value === null ? "–" : value.toLocaleString("id-ID").replace("-", "−");
}

function addUp() {
  const typed = new Map();
  for (const box of form.querySelectorAll(".cell-input")) {
    typed.set(`${box.closest("tr").dataset.element}|${box.dataset.part}`, number(box.value));
  }
  for (const row of form.querySelectorAll("tr[data-element]")) {
    const values = row.dataset.computed ? computed(row, typed) : plain(row, typed);
    const known = values.filter((value) => value !== null && !Number.isNaN(value));
    const sum = row.querySelector("[data-sum]");
    if (sum) sum.textContent = shown(known.length ? known.reduce((all, value) => all + value, 0) : null);
    addToYear(row);
  }
}

// What the year comes to with the sum that stands in the row, and its share of the sasaran.
function addToYear(row) {
  const sum = row.querySelector("[data-sum]");
  if (!sum) return; // its boxes are columns of their own
  const now = number(sum.textContent);
  const year = row.querySelector("[data-before]");
  const total = year ? Number(year.dataset.before) + (now ?? 0) : now;
  if (year) year.textContent = shown(total);
  const share = row.querySelector("[data-people]");
  if (share) share.textContent = total === null ? "–" : percent((100 * total) / share.dataset.people);
}

function percent(value) {
  return value.toLocaleString("id-ID", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

function plain(row, typed) {
  return [...row.querySelectorAll(".cell-input")].map((box) =>
    typed.get(`${row.dataset.element}|${box.dataset.part}`),
  );
}

function computed(row, typed) {
  const terms = [...row.dataset.computed.matchAll(/([+-]?)\s*([A-Za-z]\w*)/g)];
  return [...row.querySelectorAll("output[data-part]")].map((cell) => {
    const parts = terms.map(([, sign, code]) => {
      const value = typed.get(`${code}|${cell.dataset.part}`) ?? null;
      return value === null ? null : (sign === "-" ? -value : value);
    });
    const there = parts.filter((part) => !Number.isNaN(part));
    const unknown = parts.includes(null) || !there.length;
    const value = unknown ? null : there.reduce((sum, part) => sum + part, 0);
    cell.textContent = shown(value);
    return value;
  });
}
