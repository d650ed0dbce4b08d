// Recording visits. The pages work without it; with it a roster is filtered while a name is typed,
// what follows from a visit is shown at once - as the server says, which works it out - and what
// was typed is kept in this tab until the server has it.
const SAVED = "#tersimpan";
const SENT = "dikirim";
const PAUSE = 600;
const form = document.querySelector("form[data-keep]");
let asked;
const filter = document.querySelector("[data-filter]");

if (location.hash === SAVED) {
  sessionStorage.removeItem(sessionStorage.getItem(SENT));
  history.replaceState(null, "", location.pathname + location.search);
}
sessionStorage.removeItem(SENT);
if (filter) filter.addEventListener("input", narrow);
if (form) begin(form);

function narrow() {
  const wanted = filter.value.trim().toLocaleLowerCase("id");
  for (const line of document.getElementById(filter.dataset.filter)?.children ?? []) {
    line.hidden = !line.dataset.name.toLocaleLowerCase("id").includes(wanted);
  }
}

function begin() {
  const key = `catat:${form.action.split("&baru=")[0]}`;
  restore(key);
  let waiting;
  form.addEventListener("input", () => {
    keep(key);
    clearTimeout(waiting);
    waiting = setTimeout(showResults, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    sessionStorage.setItem(SENT, key);
  });
  if (typed().length) showResults();
}

function typed() {
  const own = [...new FormData(form)];
  return own.filter(([name, value]) => !["csrfmiddlewaretoken", "ada", "orang", "tahu"].includes(name) && value);
}

function keep(key) {
  sessionStorage.setItem(key, JSON.stringify({ opened: form.elements.ada.value, typed: typed() }));
}

function restore(key) {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (!kept || JSON.stringify(kept.typed) === JSON.stringify(typed())) return;
  for (const box of form.elements) {
    if (!box.name || box.type === "hidden" || box.type === "submit") continue;
    const values = kept.typed.filter(([name]) => name === box.name).map(([, value]) => value);
    if (box.type === "radio") box.checked = (values[0] ?? "") === box.value;
    else if (box.type === "checkbox") box.checked = values.includes(box.value);
    else box.value = values[0] ?? "";
  }
  // What the visit said then lets the server notice when somebody else saved in between.
  form.elements.ada.value = kept.opened;
  document.querySelector("[data-restored]").hidden = false;
}

async function showResults() {
  asked?.abort();
  asked = new AbortController();
  const target = form.querySelector("[data-results]");
  try {
    const answer = await fetch(form.dataset.try, {
      method: "POST", body: new FormData(form), signal: asked.signal,
    });
    document.querySelector("[data-signed-out]").hidden = answer.status !== 403 && !answer.redirected;
    if (!answer.ok || answer.redirected) return;
    target.innerHTML = (await answer.text()).trim();
    target.hidden = !target.innerHTML;
  } catch {
    // No signal, or typed on: the form is saved all the same.
  }
}
