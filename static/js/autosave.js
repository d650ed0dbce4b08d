// Sends each changed cell of a report as soon as it is left, and keeps it on this computer until the
// server has it: a lost signal, session or lid costs nothing. The server answers with every cell and
// row that looks different now. The page works without it.
const form = document.querySelector("form[data-save]");
const words = document.querySelector("[data-words]");
const [DEBOUNCE, FIRST_RETRY, LAST_RETRY] = [400, 3000, 30000];
const store = form && `laporan:${form.dataset.save.split("?")[0]}`; // whichever section is open
const seen = new Map(form ? Object.entries(JSON.parse(form.elements.tampil.value)) : []);
const unsaved = new Map(); // name -> what was typed
const held = new Set(); // of these, those that wait for a choice
const due = new Set(); // those to be sent now
let offered = []; // what an earlier visit could not send, until it is taken or dropped
let elsewhere = []; // the same of rows that this page does not show
const late = new Map(); // notes to be drawn once nobody types in them
let timer;
let sending;
let pause = FIRST_RETRY;
let closed = false;

if (form) {
  offer();
  form.addEventListener("input", ({ target }) => { if (isOurs(target)) remember(target); });
  form.addEventListener("change", ({ target }) => {
    if (!isOurs(target)) return;
    due.add(remember(target));
    plan(DEBOUNCE);
  });
  form.addEventListener("focusout", () => setTimeout(drawLate));
  form.addEventListener("submit", submit);
  addEventListener("online", () => plan(0));
  addEventListener("focus", () => { if (unsaved.size) plan(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && unsaved.size) send(true); });
}

function isOurs(box) {
  return box.matches(".cell-input, [data-why], [type=radio]");
}

function part(name) {
  return words.querySelector(`[data-${name}]`);
}

function remember(box) {
  const cell = box.type === "radio" ? form.elements.namedItem(box.name.replace("pilih|", "")) : box;
  if (box.type === "radio") due.add(box.name);
  unsaved.set(cell.name, cell.value);
  held.delete(cell.name);
  keep();
  return cell.name;
}

function keep() {
  const now = [...unsaved].map(([name, text]) => [name, text, seen.get(name) ?? null]);
  const kept = [...elsewhere, ...offered.filter(([name]) => !unsaved.has(name)), ...now];
  try {
    if (kept.length) localStorage.setItem(store, JSON.stringify(kept));
    else localStorage.removeItem(store);
  } catch {
    // Storage is full or forbidden: the page itself still has it.
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(store) ?? "[]");
  } catch {
    return []; // Storage is forbidden, or holds what is not ours.
  }
}

// What an earlier visit could not send is offered, never put in by itself.
function offer() {
  const all = stored();
  elsewhere = all.filter(([name]) => !form.elements.namedItem(name));
  offered = all.filter(([name, text]) => (form.elements.namedItem(name)?.value ?? text) !== text);
  if (all.length) keep(); // what reached the server after all is not told of again
  lead(elsewhere.map(([name]) => document.querySelector(`[data-line="${name.split("|").find(isRow)}"] a`)).filter(Boolean));
  if (!offered.length) return;
  const notice = part("restore");
  const title = notice.querySelector(".alert-title");
  title.textContent = title.textContent.replace("{count}", offered.length);
  notice.hidden = false;
  part("take").addEventListener("click", () => {
    notice.hidden = true;
    const taken = offered;
    offered = [];
    for (const [name, text, was] of taken) {
      const box = form.elements.namedItem(name);
      box.value = text;
      if (was) seen.set(name, was); // lets the server notice what others changed since
      else if (box.matches(".cell-input")) seen.delete(name);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    plan(0);
  });
  part("drop").addEventListener("click", () => {
    notice.hidden = true;
    offered = [];
    keep();
  });
}

function isRow(word) {
  return document.querySelector(`[data-line="${CSS.escape(word)}"]`);
}

// Rows of a closed section hold something that was not sent: the way to the first of them.
function lead([first, ...more]) {
  if (!first) return;
  const notice = part("elsewhere");
  const title = notice.querySelector(".alert-title");
  title.textContent = title.textContent.replace("{count}", more.length + 1);
  notice.querySelector("a").href = first.href;
  notice.hidden = false;
}

function plan(wait) {
  if (closed) return;
  clearTimeout(timer);
  timer = setTimeout(send, wait);
}

function body(names) {
  const data = new FormData();
  const shown = {};
  for (const name of names) {
    if (name.startsWith("pilih|")) {
      const chosen = form.querySelector(`[name="${CSS.escape(name)}"]:checked`);
      if (chosen) data.set(name, chosen.value);
    } else {
      data.set(name, unsaved.get(name));
      if (seen.has(name)) shown[name] = seen.get(name);
    }
  }
  data.set("tampil", JSON.stringify(shown));
  return data;
}

// Signing in again in another tab gives a new token: it is read when it is needed.
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
}

async function send(leaving = false) {
  if (sending) return sending.then(() => send(leaving));
  const typing = leaving === true ? "" : document.activeElement?.name; // not half a number
  for (const name of unsaved.keys()) if (!held.has(name) && name !== typing) due.add(name);
  const names = [...due].filter((name) => unsaved.has(name) || name.startsWith("pilih|"));
  if (!names.length || closed) return undefined;
  const sent = new Map(names.map((name) => [name, unsaved.get(name)]));
  due.clear();
  say("saving");
  sending = post(names, leaving === true).then((answer) => {
    sending = null;
    if (answer) accept(answer, sent);
    else for (const name of names) due.add(name);
  });
  return sending;
}

async function post(names, leaving) {
  try {
    const answer = await fetch(form.dataset.save, {
      method: "POST", body: body(names), redirect: "manual", keepalive: leaving,
      headers: { "X-CSRFToken": token() },
    });
    part("signed-out").hidden = answer.type !== "opaqueredirect";
    if (answer.ok) return await answer.json();
    if (answer.status === 409) refuse((await answer.json()).refused);
    else again("failed");
  } catch {
    again("offline");
  }
  return null;
}

function again(word) {
  say(word);
  plan(pause);
  pause = Math.min(pause * 2, LAST_RETRY);
}

function refuse(sentence) {
  closed = true;
  const notice = part("refused");
  notice.firstElementChild.textContent = sentence;
  notice.hidden = false;
  say("failed");
}

function say(word, time = "") {
  const state = document.querySelector("[data-state]");
  state.textContent = words.dataset[word].replace("{time}", time).replace("{count}", unsaved.size);
  state.dataset.state = word;
}

function accept(answer, sent) {
  pause = FIRST_RETRY;
  for (const [name, text] of sent) {
    if (unsaved.get(name) === text) unsaved.delete(name);
    if (/^(alasan|ta)\|/.test(name)) seen.set(name, [0, text.trim()]);
  }
  for (const [element, row] of Object.entries(answer.rows)) {
    draw(element, row, sent);
  }
  replace("count", answer.count);
  replace("summary", answer.summary);
  form.elements.tampil.value = JSON.stringify(Object.fromEntries(seen));
  keep();
  if (held.size) say("choose");
  else say("saved", answer.saved);
  if (due.size) plan(DEBOUNCE);
}

const drawn = {};
function replace(name, html) { // what is the same is not read out again
  if (drawn[name] !== html) document.querySelector(`[data-${name}]`).innerHTML = html;
  drawn[name] = html;
}

function draw(element, row, sent) {
  for (const [name, cell] of Object.entries(row.cells)) drawCell(name, cell, sent);
  const line = form.querySelector(`tr[data-element="${element}"]`);
  if (!line) return; // folded away
  const sum = line.querySelector("[data-sum]");
  if (sum) sum.textContent = row.sum; // columns of their own do not add up
  for (const [where, text] of Object.entries(row.outputs)) {
    line.querySelector(`output[data-part="${where}"]`).textContent = text;
  }
  drawPast(line.querySelector("[data-past]"), row.past);
  late.set(element, row.note);
  drawLate();
}

function drawPast(place, html) {
  const line = place?.querySelector("svg"); // nothing is usual in columns of their own
  if (!line) return;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  line.replaceWith(holder.content.querySelector("svg"));
}

function drawCell(name, cell, sent) {
  const box = form.elements.namedItem(name);
  if (!box) return;
  if (held.has(name) && !cell.conflict && !sent.has(name)) return; // its choice is still open
  if (cell.conflict) {
    unsaved.set(name, sent.get(name) ?? box.value);
    held.add(name);
  } else if (!unsaved.has(name)) {
    if (box.value !== cell.text) box.value = cell.text;
    seen.set(name, [cell.version, cell.text]);
  } else if (sent.has(name)) {
    seen.set(name, [cell.version, cell.text]); // it was typed on meanwhile
  }
  box.classList.toggle("is-prefilled", cell.prefilled && !unsaved.has(name));
  box.classList.toggle("is-doubted", cell.doubted);
  if (cell.wrong) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
  const notes = box.closest("td").querySelector("[data-notes]");
  if (notes.innerHTML !== cell.notes) notes.innerHTML = cell.notes;
  describe(box, notes, Boolean(cell.notes));
}

// Most boxes have nothing below them: only where something stands is it said of the box.
function describe(box, notes, says) {
  notes.id = `${box.id}-catatan`;
  const others = (box.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== notes.id);
  const told = says ? [notes.id, ...others] : others;
  if (told.length) box.setAttribute("aria-describedby", told.join(" "));
  else box.removeAttribute("aria-describedby");
}

function drawLate() {
  for (const [element, note] of late) {
    const old = form.querySelector(`[data-note="${element}"]`);
    if (old.contains(document.activeElement) || [...unsaved.keys()].some((n) => old.contains(form.elements[n]))) continue;
    const holder = document.createElement("template");
    holder.innerHTML = note;
    old.replaceWith(holder.content.firstElementChild);
    late.delete(element);
    form.dispatchEvent(new CustomEvent("drawn", { detail: element }));
  }
}

// A submit goes on once the server has what was typed; if it cannot have it now, the page stays.
async function submit(event) {
  if (closed || !unsaved.size) {
    form.elements.csrfmiddlewaretoken.value = token();
    return;
  }
  event.preventDefault();
  clearTimeout(timer);
  await send(true);
  if (!unsaved.size) form.requestSubmit(event.submitter);
  else form.querySelector(".cell-choice input")?.focus();
}
