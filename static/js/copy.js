// Copies the text of the element that a button names in data-copy.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    const label = button.textContent;
    button.textContent = button.dataset.copied ?? label;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
