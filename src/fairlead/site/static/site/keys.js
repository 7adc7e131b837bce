// Keyboard: `/` search, `g t` Today, `?` help, Ctrl+Enter saves. Also opens dialogs and closes menus.

const SWITCH = "fairlead-single-keys"; // a preference of this browser; the only thing Fairlead keeps here

function singleKeysAreOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // storage can be forbidden; the keys then simply work
  }
}

function isWriting(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

let gAt = 0;

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  // Somebody who dictates or holds a key down must be able to switch single keys off (WCAG 2.1.4).
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || !singleKeysAreOn()) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const search = document.querySelector('input[type="search"], [data-search]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.key === "?") {
    document.getElementById("keyboard-help")?.showModal();
  } else if (event.key === "g") {
    gAt = event.timeStamp;
  } else if (event.key === "t" && event.timeStamp - gAt < 1500) {
    location.assign("/");
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target instanceof Element ? event.target.closest("[data-opens]") : null;
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

const choice = document.querySelector("[data-single-keys]");
if (choice) {
  choice.checked = singleKeysAreOn();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, choice.checked ? "on" : "off");
    } catch {
      // Forbidden storage: the choice cannot outlive this page.
    }
  });
}

// The summary of what is wrong is the first thing to read after a form came back.
document.querySelector("[data-form-errors]")?.focus();
