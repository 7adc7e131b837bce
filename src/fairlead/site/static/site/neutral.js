// Where a text names somebody, a button beside each place puts the neutral words into the box. Nothing is saved by it.

/** Replace whole words only: "Jo" is not the beginning of "Jonas". */
function everywhere(words) {
  const literal = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])`, "gu");
}

for (const button of document.querySelectorAll("[data-replace]")) {
  const box = document.getElementById(button.dataset.replace);
  if (!box) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const { shown, instead } = button.dataset;
    box.value = box.value.replace(everywhere(shown), (found, at, whole) =>
      /(^|[.!?]\s|\n)[\s>*_#|([“"-]*$/.test(whole.slice(0, at)) ? instead.charAt(0).toUpperCase() + instead.slice(1) : instead,
    );
    box.dispatchEvent(new Event("input", { bubbles: true }));
    button.disabled = true;
    button.textContent = "Replaced";
  });
}
