// Pastes a block of cells from a spreadsheet into a report, down and to the right of the box it is
// pasted in, after a question that names its size and where it goes.
const form = document.querySelector("form[data-save]");
const question = document.querySelector("[data-paste]");
let block = []; // [box, text]

if (form && question) {
  form.addEventListener("paste", ask);
  question.querySelector("[data-put]").addEventListener("click", put);
  question.querySelector("[data-cancel]").addEventListener("click", close);
  question.addEventListener("close", () => { block = []; });
}

function read(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return lines.map((line) => line.split("\t").map((cell) => cell.trim()));
}

// The lines of the block go to the rows that are typed, one after the other, past what is computed.
function targets(box, cells) {
  const rows = [...form.querySelectorAll("tr[data-element]")].filter((row) => row.querySelector(".cell-input"));
  const from = rows.indexOf(box.closest("tr"));
  const column = places(rows[from]).indexOf(box);
  return cells.flatMap((line, down) => line.map((text, right) => [
    rows[from + down] && places(rows[from + down])[column + right], text,
  ])).filter(([place]) => place !== null);
}

// Each column of a row: its box, or null where the server works it out and the block has it too.
function places(row) {
  return [...row.querySelectorAll("td.box")].map((cell) => cell.querySelector(".cell-input"));
}

function ask(event) {
  const box = event.target;
  if (!box.matches(".cell-input")) return;
  const cells = read(event.clipboardData.getData("text/plain"));
  if (cells.length === 1 && cells[0].length === 1) return;
  event.preventDefault();
  const all = targets(box, cells);
  block = all.filter(([target]) => target);
  const row = box.closest("tr").querySelector(".row-number").textContent.trim();
  const title = question.querySelector("[data-title]");
  title.textContent = title.dataset.title
    .replace("{rows}", cells.length)
    .replace("{columns}", Math.max(...cells.map((line) => line.length)))
    .replace("{row}", row);
  const beyond = question.querySelector("[data-beyond]");
  beyond.hidden = block.length === all.length;
  beyond.textContent = beyond.dataset.beyond.replace("{count}", all.length - block.length);
  list();
  question.showModal();
}

function list() {
  const body = question.querySelector("tbody");
  body.replaceChildren(...block.map(([box, text]) => {
    const line = document.createElement("tr");
    for (const words of [box.getAttribute("aria-label"), box.value || "–", text || "–"]) {
      const cell = document.createElement("td");
      cell.textContent = words;
      line.append(cell);
    }
    return line;
  }));
}

function put() {
  const first = block[0]?.[0];
  for (const [box, text] of block) {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  first?.dispatchEvent(new Event("change", { bubbles: true }));
  close();
  first?.focus();
}

function close() {
  question.close();
}
