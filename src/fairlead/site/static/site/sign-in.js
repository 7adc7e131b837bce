// A sign-in that ended elsewhere comes as a dialog, so that nobody loses the page they were writing on.

const WORDS = {
  needed: "You were signed out. Your words are still here.",
  confirm: "Please show that it is you. Your words are still here.",
  lead: "What you wrote stays on this page. Once you are in, it is saved.",
  email: "E-mail",
  password: "Password",
  signIn: "Sign in and go on",
  another: "Sign in another way in a new tab",
  thenContinue: ", then press Continue here.",
  continue: "Continue",
  later: "Not now",
  wrong: "That did not match. Please try again.",
  often: "Too many tries. Please wait a minute, then try again.",
  step: "One more step is needed. Please sign in in a new tab, then press Continue here.",
  notYet: "You are not signed in yet.",
  away: "The server cannot be reached just now. Your words are still here.",
};

/** The token Django expects with each POST; it changes when somebody signs in. */
export function csrfToken() {
  const found = document.cookie.match(/(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : (document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
}

function renewTokens() {
  const token = csrfToken();
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
}

/**
 * Ask the server whether this sign-in still stands.
 * Resolves to "ok", "needed", "confirm", or "away" when no answer came.
 */
export async function presence() {
  try {
    const answer = await fetch("/presence/", {
      headers: { "X-Requested-With": "fetch", Accept: "application/json" },
      cache: "no-store",
      redirect: "manual",
    });
    if (answer.status === 401) return (await answer.json()).sign_in === "confirm" ? "confirm" : "needed";
    return answer.ok ? "ok" : "away";
  } catch {
    return "away";
  }
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function fieldFor(id, label, properties) {
  const input = element("input", { id, required: true, ...properties });
  return [element("div", { className: "field" }, element("label", { htmlFor: id, textContent: label }), input), input];
}

async function post(kind, email, password) {
  const address = kind === "confirm" ? "/accounts/reauthenticate/" : "/accounts/login/";
  const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
  // A visit sets the token's cookie, should it have gone with the sign-in.
  if (!csrfToken()) await fetch(address, { headers });
  const fields = new FormData();
  if (kind !== "confirm") fields.set("login", email);
  fields.set("password", password);
  fields.set("csrfmiddlewaretoken", csrfToken());
  return fetch(address, {
    method: "POST",
    headers: { ...headers, "X-CSRFToken": csrfToken() },
    body: fields,
    redirect: "manual",
  });
}

// Signing in answers 200 or 400; confirming answers with a way onwards when it went well, and with its page when not.
function wentWell(kind, answer) {
  return kind === "confirm" ? answer.type === "opaqueredirect" : answer.ok;
}

let asking = null;

/** Show the dialog. Resolves to true once signed in, false when the person puts it off. Asks once at a time. */
export function askToSignIn(kind = "needed") {
  asking ??= ask(kind).finally(() => {
    asking = null;
  });
  return asking;
}

function ask(firstKind) {
  let kind = firstKind;
  const known = document.querySelector("[data-my-email]")?.dataset.myEmail ?? "";
  const before = document.activeElement;
  const title = element("h2", { id: "sign-in-again-title" });
  // The words on the page belong to one person; the address is not for changing here.
  const [emailField, email] = fieldFor("sign-in-again-email", WORDS.email, {
    type: "email",
    autocomplete: "username",
    value: known,
    readOnly: known !== "",
  });
  const [passwordField, password] = fieldFor("sign-in-again-password", WORDS.password, {
    type: "password",
    autocomplete: "current-password",
  });
  const trouble = element("p", { className: "field-error", id: "sign-in-again-trouble", hidden: true });
  trouble.setAttribute("role", "alert");
  password.setAttribute("aria-describedby", trouble.id);
  const go = element("button", { type: "submit", className: "button primary", textContent: WORDS.signIn });
  const form = element("form", {}, emailField, passwordField, trouble, element("div", { className: "row" }, go));
  const link = element("a", { target: "_blank", rel: "noopener", textContent: WORDS.another });
  const onwards = element("button", { type: "button", className: "button quiet", textContent: WORDS.continue });
  const later = element("button", { type: "button", className: "button plain", textContent: WORDS.later });
  const dialog = element(
    "dialog",
    { className: "dialog" },
    title,
    element("p", { className: "quiet", textContent: WORDS.lead }),
    form,
    element("p", { className: "why" }, link, WORDS.thenContinue),
    element("div", { className: "row" }, onwards, later),
  );
  dialog.setAttribute("aria-labelledby", title.id);

  function say(words) {
    trouble.textContent = words;
    trouble.hidden = words === "";
  }

  function dress() {
    title.textContent = WORDS[kind];
    emailField.hidden = kind === "confirm";
    email.disabled = kind === "confirm";
    link.href = kind === "confirm" ? "/accounts/reauthenticate/?next=/" : "/accounts/login/";
  }

  dress();
  document.body.append(dialog);
  dialog.showModal();
  (kind === "confirm" || known ? password : email).focus();

  return new Promise((resolve) => {
    let signedIn = false;

    async function look(otherwise) {
      const stands = await presence();
      if (stands === "ok") {
        signedIn = true;
        renewTokens();
        dialog.close();
      } else if (stands === "away") {
        say(WORDS.away);
      } else {
        if (stands !== kind) {
          kind = stands;
          dress();
        }
        say(otherwise);
      }
    }

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      say("");
      go.disabled = true;
      try {
        const answer = await post(kind, email.value, password.value);
        if (wentWell(kind, answer)) {
          await look(WORDS.step); // a second factor may still be asked for
        } else {
          say(answer.status === 429 ? WORDS.often : answer.status < 500 ? WORDS.wrong : WORDS.away);
          password.select();
        }
      } catch {
        say(WORDS.away);
      }
      go.disabled = false;
    });
    onwards.addEventListener("click", () => look(WORDS.notYet));
    later.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement) {
        // Closing gave the focus back, but Chromium loses the caret with the removed dialog: focus anew, or keys are deaf.
        before.blur();
        before.focus({ preventScroll: true });
      }
      resolve(signedIn);
    });
  });
}
