// Keeps what was typed into a form with data-keep in this tab until the server has it: a lost
// session, a crash or a closed lid costs nothing. The page works without it.
const SAVED = "#tersimpan";
const form = document.querySelector("form[data-keep]");

if (location.hash === SAVED) {
  sessionStorage.removeItem(location.pathname);
  history.replaceState(null, "", location.pathname + location.search);
}
if (form) {
  restore(form);
  form.addEventListener("input", () => keep(form));
}

function boxes(form) {
  return [...form.elements].filter((box) => box.name && box.type === "text");
}

function keep(form) {
  const values = {};
  for (const box of boxes(form)) {
    if (box.value !== box.defaultValue) values[box.name] = box.value;
  }
  const kept = { seen: form.elements.tampil.value, values };
  sessionStorage.setItem(form.dataset.keep, JSON.stringify(kept));
}

function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(form.dataset.keep) ?? "null");
  if (!kept) return;
  let count = 0;
  for (const [name, value] of Object.entries(kept.values)) {
    const box = form.elements.namedItem(name);
    if (box && box.value !== value) {
      box.value = value;
      count += 1;
    }
  }
  if (!count) return;
  // What was shown then lets the server notice when somebody else saved in between.
  form.elements.tampil.value = kept.seen;
  const notice = document.querySelector("[data-restored]");
  notice.querySelector("strong").textContent = count;
  notice.hidden = false;
  form.dispatchEvent(new Event("restored"));
}
