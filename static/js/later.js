// What takes long to count comes after the page: the answer of the address in data-later stands in
// its place. When it fails, the plain link that stood there stays.
document.querySelectorAll("[data-later]").forEach(async (element) => {
  try {
    const answer = await fetch(element.dataset.later, { headers: { "X-Partial": "1" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    element.replaceWith(...page.body.children);
  } catch {
    // no signal: the link still leads to the page that counts
  }
});
