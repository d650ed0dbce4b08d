// Lokmin on the projector: slides by keys, and agreements that are kept as they are typed. What the
// server has not taken yet stays on this computer and is sent again, also from another slide. A box
// that somebody else filled meanwhile is left alone, and one chooses. Without it links and the
// button "Simpan" do.
const root = document.querySelector("[data-lokmin]");
const form = root.querySelector("[data-form]");
const url = root.dataset.cells; // empty for who only looks
const [DEBOUNCE, POLL, FIRST_RETRY, LAST_RETRY, PATIENCE] = [500, 10000, 3000, 30000, 1500];
const WHOLE = 2500; // half a name is nobody's, half a day none
const FIELDS = ["problem", "action", "owner", "due"];
const unsaved = new Map(); // name of a box -> what was typed
const shown = new Map(); // name of a box -> what the server has there
const held = new Set(); // of the unsaved, those that wait for a choice or another word
let pause = FIRST_RETRY;
let timer;
let sending;

const link = (name) => document.querySelector(name);
const boxes = () => [...form.elements].filter((box) => box.name.includes("|"));
const find = (name) => form.elements.namedItem(name);

if (url && form) begin();
document.addEventListener("keydown", press);
for (const [name, work] of [["[data-blank]", darken], ["[data-type]", type]]) {
  const button = link(name);
  if (button) button.hidden = false;
  button?.addEventListener("click", work);
}

function begin() {
  form.querySelector("[data-plain]").hidden = true;
  for (const box of boxes()) shown.set(box.name, box.defaultValue);
  for (const [name, text, seen] of stored()) {
    unsaved.set(name, text);
    restore(name, text);
    shown.set(name, seen);
  }
  for (const box of boxes()) if (box.value !== (unsaved.get(box.name) ?? shown.get(box.name))) remember(box);
  spare();
  form.addEventListener("input", ({ target }) => {
    if (!target.name.includes("|")) return;
    remember(target);
    spare();
    plan(target.matches("textarea") ? DEBOUNCE : WHOLE);
  });
  // A day changes with every digit of its year: it is whole once it is left.
  form.addEventListener("change", ({ target }) => plan(target.type === "date" ? WHOLE : 0));
  form.addEventListener("focusout", ({ target }) => {
    if (unsaved.has(target.name)) plan(0);
    else if (shown.has(target.name)) target.value = shown.get(target.name);
    spare();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  document.addEventListener("click", (event) => {
    const a = event.target.closest("a[href]");
    if (!a || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(a);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(true); });
  addEventListener("pagehide", () => send(true));
  addEventListener("online", () => plan(0));
  setInterval(look, POLL);
  if (unsaved.size) plan(0);
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

function stored() {
  try {
    return JSON.parse(localStorage.getItem(root.dataset.store) ?? "[]");
  } catch {
    return []; // Storage is forbidden, or holds what is not ours.
  }
}

function keep() {
  const now = [...unsaved].map(([name, text]) => [name, text, shown.get(name) ?? ""]);
  try {
    if (now.length) localStorage.setItem(root.dataset.store, JSON.stringify(now));
    else localStorage.removeItem(root.dataset.store);
  } catch {
    // Storage is full or forbidden: the page itself still has it.
  }
}

function remember(box) {
  unsaved.set(box.name, box.value);
  held.delete(box.name);
  keep();
}

// A text of this slide whose row the page does not have yet gets its row.
function restore(name, text) {
  const [key, code] = name.split("|");
  if (key && !find(name) && code === slideCode()) addRow(key);
  const box = find(name);
  if (box) box.value = text;
}

function slideCode() {
  const box = form.querySelector("tbody tr:last-child [name]");
  return box ? box.name.split("|")[1] : null;
}

function rowOf(key) {
  return form.querySelector(`tr[data-key="${CSS.escape(key)}"]`);
}

// There is always one empty row at the end, and a name longer than its box is read over it.
function spare() {
  for (const whole of form.querySelectorAll("[data-whole]")) whole.textContent = whole.previousElementSibling.value;
  const last = form.querySelector("tbody tr:last-child");
  if (!last || [...last.querySelectorAll("[name]")].every((box) => !box.value)) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID asks for https
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  addRow(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
}

function addRow(key) {
  const last = form.querySelector("tbody tr:last-child");
  const row = last.cloneNode(true);
  row.dataset.key = key;
  for (const box of row.querySelectorAll("[name]")) {
    box.name = [key, ...box.name.split("|").slice(1)].join("|");
    box.value = "";
    shown.set(box.name, "");
  }
  for (const place of row.querySelectorAll("[data-note], [data-word]")) place.textContent = "";
  const isSpare = [...last.querySelectorAll("[name]")].every((box) => !box.value);
  if (isSpare) last.before(row);
  else last.after(row);
}

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

// Signing in again in another tab gives a new token: it is read when it is needed.
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
}

async function send(leaving = false) {
  if (sending && leaving !== true) return sending.then(() => send());
  const names = [...unsaved.keys()].filter((name) => !held.has(name));
  if (!names.length) return undefined;
  const sent = new Map(names.map((name) => [name, unsaved.get(name)]));
  say("saving");
  sending = post(sent, leaving === true).finally(() => { sending = null; });
  return sending;
}

async function post(sent, leaving) {
  const cells = [...sent].map(([name, text]) => {
    const [key, code, field] = name.split("|");
    return { key, code, field, text, seen: shown.get(name) ?? "" };
  });
  const data = new FormData();
  data.set("isian", JSON.stringify(cells));
  try {
    const answer = await fetch(url, {
      method: "POST", body: data, redirect: "manual", keepalive: leaving, headers: { "X-CSRFToken": token() },
    });
    if (answer.ok) return accept(await answer.json(), sent);
    if (answer.status === 409) return tell((await answer.json()).refused);
    again(answer.type === "opaqueredirect" ? "signedOut" : "offline");
  } catch {
    again("offline");
  }
}

function again(word) {
  say(word);
  plan(pause);
  pause = Math.min(pause * 2, LAST_RETRY);
}

async function look() {
  if (document.hidden || sending || unsaved.size > held.size) return;
  try {
    const answer = await fetch(url, { redirect: "manual" });
    if (answer.ok) accept(await answer.json(), new Map());
  } catch {
    // no signal: asked again soon
  }
}

function tell(text) {
  link("[data-state]").textContent = text;
}

function say(word, time = "") {
  tell(root.dataset[word].replace("{time}", time).replace("{count}", unsaved.size));
}

function accept(answer, sent) {
  pause = FIRST_RETRY;
  const refused = new Map(answer.refused.map((one) => [`${one.key}|${one.field}`, one]));
  for (const [name, text] of sent) {
    const [key, , field] = name.split("|");
    if (unsaved.get(name) !== text) continue; // typed on meanwhile: that is asked next
    const no = refused.get(`${key}|${field}`);
    if (no) refuse(name, no);
    else unsaved.delete(name);
  }
  for (const row of answer.rows) if (row.code === slideCode()) drawRow(row, sent);
  for (const [field, text] of Object.entries(answer.meeting)) draw(`||${field}`, text, sent);
  spare();
  keep();
  for (const a of document.querySelectorAll("[data-minutes]")) a.hidden = !Object.keys(answer.meeting).length;
  if (held.size) say("choose");
  else if (sent.size) say("saved", answer.saved);
}

function drawRow(row, sent) {
  if (!rowOf(row.key)) addRow(row.key);
  for (const field of FIELDS) draw(`${row.key}|${row.code}|${field}`, row.cells[field], sent);
  rowOf(row.key).querySelector("[data-word]").textContent = row.word;
}

function draw(name, text, sent) {
  const box = find(name);
  if (!box || held.has(name)) return;
  if (unsaved.has(name)) {
    if (sent.has(name)) shown.set(name, text); // it was typed on meanwhile
    return;
  }
  const isHere = document.activeElement === box;
  if (!isHere || sent.has(name)) shown.set(name, text);
  if (!isHere) box.value = text;
  noteOf(box).textContent = "";
}

function noteOf(box) {
  return (box.closest("td") ?? box.parentElement).querySelector("[data-note]");
}

function refuse(name, no) {
  held.add(name);
  const box = find(name);
  if (!box) return; // of another slide: told when one is there
  const note = noteOf(box);
  note.textContent = `${no.text} `;
  if (no.standing === null) return;
  const choose = (word, work) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = root.dataset[word];
    button.addEventListener("click", () => {
      shown.set(name, no.standing);
      held.delete(name);
      note.textContent = "";
      work();
      keep();
      box.focus();
    });
    note.append(button);
  };
  choose("mine", () => plan(0));
  choose("theirs", () => { unsaved.delete(name); box.value = no.standing; spare(); });
}

// Another slide comes once the server has what was typed, or after a moment all the same: what is
// not there yet goes from the next slide.
async function go(a) {
  clearTimeout(timer);
  if (url && form) await Promise.race([send(), new Promise((done) => setTimeout(done, PATIENCE))]);
  location.href = a.href;
}

function darken() {
  document.body.classList.toggle("is-blank");
}

function type(event) {
  event?.preventDefault();
  const all = boxes();
  (all.find((box) => !box.value) ?? all[0])?.focus();
}

function press(event) {
  const inBox = event.target.closest("input, textarea, select");
  if (event.key === "Escape") {
    inBox?.blur();
    document.body.classList.remove("is-blank");
  }
  if (inBox || event.ctrlKey || event.metaKey || event.altKey) return;
  const isButton = event.target.closest("a, button, summary");
  const a = {
    ArrowRight: "[rel=next]", PageDown: "[rel=next]", " ": isButton ? null : "[rel=next]",
    ArrowLeft: "[rel=prev]", PageUp: "[rel=prev]", n: "[data-names]", c: "[data-minutes]:not([hidden])",
  }[event.key.length > 1 ? event.key : event.key.toLowerCase()];
  if (a) {
    event.preventDefault();
    const target = link(a);
    if (target) go(target);
  } else if (event.key.toLowerCase() === "b") darken();
  else if (event.key.toLowerCase() === "t" && form) type(event);
}
