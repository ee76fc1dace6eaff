// What is being written is kept a moment after the last key, and when the page is left; the button does it without script.

const PAUSE = 1500;
let waiting = 0;
let last = "";

const form = document.querySelector("form[data-draft]");
const field = form?.querySelector("textarea");
const said = form?.querySelector("[data-kept]");

function body() {
  const written = new FormData();
  for (const name of ["csrfmiddlewaretoken", "once"]) written.append(name, form.elements[name].value);
  written.append("words", field.value);
  return written;
}

async function keep() {
  clearTimeout(waiting);
  if (field.value === last || form.dataset.sent) return;
  const now = field.value;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: body(), headers: { "HX-Request": "true" }, keepalive: now.length < 15000 });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    last = now;
    said.textContent = (await answer.text()).trim();
  } catch {
    said.textContent = "Not kept just now: the house could not be reached. Your words still stand here.";
  }
}

if (field) {
  last = field.value;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
}
