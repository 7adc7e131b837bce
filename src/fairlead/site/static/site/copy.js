// A button that copies a text: <button data-copy="id of a field">. The field can be selected by hand all the same.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    const told = document.querySelector("[data-copied]");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = "Copied.";
    } catch {
      told.textContent = "It is selected; copy it with your keyboard."; // plain http, or not allowed
    }
  });
}
