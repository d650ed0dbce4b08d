// Asks the address in data-poll every two seconds and shows what its answer holds there. An answer
// without data-poll means done: the page is loaded anew. After a failure it waits longer.
const PAUSE = 2000;
const LONGEST = 30000;

async function follow(element, pause = PAUSE) {
  await new Promise((resolve) => { setTimeout(resolve, pause); });
  try {
    const answer = await fetch(element.dataset.poll, { headers: { "X-Partial": "1" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-poll]");
    if (!found) {
      window.location.reload();
      return;
    }
    element.innerHTML = found.innerHTML;
    pause = PAUSE;
  } catch {
    pause = Math.min(pause * 2, LONGEST);
  }
  follow(element, pause);
}

document.querySelectorAll("[data-poll]").forEach((element) => follow(element));
