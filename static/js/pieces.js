// Sends the file of form[data-pieces] piece by piece, so that a broken line costs one piece only;
// then the form goes without it. Files may be dropped anywhere on the form. Without this script
// the form goes as it is.
const PIECE = 256 * 1024;
const SMALL = 2 * PIECE; // goes with the form
const PAUSE = 1500;
const LONGEST = 30000;

const wait = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

// The same file of the same person has the same key, also tomorrow; nothing can be read from it.
function keyOf(file) {
  let one = 0x811c9dc5;
  let other = 0xc9dc5118;
  for (const char of `${file.name}|${file.size}|${file.lastModified}`) {
    one = Math.imul(one ^ char.codePointAt(0), 0x01000193) >>> 0;
    other = Math.imul(other ^ char.codePointAt(0), 0x85ebca6b) >>> 0;
  }
  return `${one.toString(16).padStart(8, "0")}${other.toString(16).padStart(8, "0")}`;
}

class Refused extends Error {}

class Sending {
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.key = keyOf(file);
    this.box = form.querySelector("[data-sending]");
    this.word = this.box.querySelector("span").textContent;
    this.box.hidden = false;
  }

  show(done, word) {
    const percent = Math.floor((100 * done) / this.file.size);
    const [label, number] = this.box.querySelectorAll("span");
    label.textContent = word;
    number.textContent = `${percent} %`;
    this.box.querySelector("progress").value = percent;
  }

  async received() {
    const answer = await fetch(`${this.form.dataset.pieces}?kunci=${this.key}`);
    if (!answer.ok || answer.redirected) throw new Refused("");
    return (await answer.json()).received;
  }

  async piece(begin) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    data.set("kunci", this.key);
    data.set("nama", this.file.name);
    data.set("ukuran", this.file.size);
    data.set("awal", begin);
    data.set("potongan", this.file.slice(begin, begin + PIECE), "potongan");
    const answer = await fetch(this.form.dataset.pieces, { method: "POST", body: data });
    if (answer.redirected || [400, 403, 422].includes(answer.status)) throw new Refused("");
    if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
    return (await answer.json()).received;
  }

  // Goes on from where the server stands, however often the line breaks.
  async all() {
    let done = null;
    let pause = PAUSE;
    while (done !== this.file.size) {
      try {
        done = done === null ? await this.received() : await this.piece(done);
        this.show(done, this.word);
        pause = PAUSE;
      } catch (error) {
        if (error instanceof Refused) return false;
        this.show(done ?? 0, this.box.dataset.lost);
        await wait(pause);
        pause = Math.min(2 * pause, LONGEST);
        done = null;
      }
    }
    return true;
  }
}

function follow(form) {
  const input = form.querySelector("input[type=file]");
  let sending = false;

  form.addEventListener("submit", async (event) => {
    const [file] = input.files;
    if (sending) event.preventDefault();
    if (sending || !file || file.size <= SMALL) return;
    event.preventDefault();
    sending = true;
    const one = new Sending(form, file);
    if (await one.all()) {
      form.elements.pieces.value = one.key;
      input.disabled = true; // its pieces are there
    }
    form.submit();
  });

  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
  });
}

document.querySelectorAll("form[data-pieces]").forEach(follow);
