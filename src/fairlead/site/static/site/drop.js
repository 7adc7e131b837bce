// A file may be dropped onto the box; without a script the file chooser does the same.

for (const form of document.querySelectorAll("form[data-drop]")) {
  const chooser = form.querySelector("input[type=file]");
  form.querySelector("[data-drop-hint]").hidden = false;
  let inside = 0;
  const mark = (more) => {
    inside = Math.max(0, inside + more);
    form.classList.toggle("is-over", inside > 0);
  };
  const carriesFile = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragenter", (event) => carriesFile(event) && (event.preventDefault(), mark(1)));
  form.addEventListener("dragover", (event) => carriesFile(event) && event.preventDefault());
  form.addEventListener("dragleave", (event) => carriesFile(event) && mark(-1));
  form.addEventListener("drop", (event) => {
    if (!carriesFile(event)) return; // dropped words go into the text as always
    event.preventDefault();
    mark(-inside);
    chooser.files = event.dataTransfer.files;
    chooser.focus();
  });
}
