// What the frame of every page needs of a script.
// "/" leads to the search, unless somebody is typing or has turned it off in this browser.
const OFF = "ilp-no-shortcut";
const box = document.querySelector("[data-search]");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!box || localStorage.getItem(OFF)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
for (const button of document.querySelectorAll("[data-shortcut]")) {
  const say = () => { button.textContent = localStorage.getItem(OFF) ? button.dataset.off : button.dataset.on; };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    say();
  });
  say();
}
// What folds out of the frame folds in again: Escape, a click beside it, the keyboard gone on.
const opened = () => document.querySelectorAll("details[data-closes][open]");
const leave = (event) => { for (const one of opened()) if (!one.contains(event.target)) one.open = false; };
document.addEventListener("click", leave);
document.addEventListener("focusin", leave);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const one of opened()) {
    const within = one.contains(document.activeElement);
    one.open = false;
    if (within) one.querySelector("summary").focus();
  }
});
