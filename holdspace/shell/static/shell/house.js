// Small comforts; every page works without them. Listeners sit on the document, so parts that arrive later have them too.

const zoneOf = (event) => event.target.closest?.("[data-drop]");

function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Say which file was chosen and how large it is. */
function say(zone) {
  const files = [...zone.querySelector('input[type="file"]').files];
  zone.querySelector("[data-chosen]").textContent = files.map((file) => `${file.name}, ${size(file.size)}`).join(" · ");
}

function welcome(root) {
  root.querySelectorAll("[data-invite]").forEach((words) => (words.hidden = false));
}

// Files may be dropped where one is asked for.
for (const [kind, over] of [["dragover", true], ["dragleave", false]]) {
  document.addEventListener(kind, (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("over", over);
  });
}
document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  const field = zone.querySelector('input[type="file"]');
  const files = field.multiple ? [...field.files, ...event.dataTransfer.files] : [event.dataTransfer.files[0]];
  const chosen = new DataTransfer();
  files.forEach((file) => chosen.items.add(file));
  field.files = chosen.files;
  say(zone);
});
document.addEventListener("change", (event) => {
  const zone = zoneOf(event);
  if (zone) say(zone);
});

// A bar of a strip leads to its turn; a link to be passed on is selected whole when touched.
document.addEventListener("click", (event) => {
  const bar = event.target.closest?.("[data-to]");
  if (bar) location.assign(bar.dataset.to);
  if (event.target.matches?.("input[data-copy]")) event.target.select();
});

// A second click on the same button within a moment is not a second wish. Forms that htmx sends look after themselves.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});
addEventListener("pageshow", () => {
  welcome(document);
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Whoever worked in a part by keyboard goes on in the part that took its place.
let leaving = "";
document.addEventListener("htmx:before:swap", (event) => {
  const part = event.detail.ctx?.target;
  leaving = part?.contains?.(document.activeElement) ? part.id : "";
});
document.addEventListener("htmx:after:swap", () => {
  welcome(document);
  const part = leaving && document.getElementById(leaving);
  leaving = "";
  if (!part || part.contains(document.activeElement)) return;
  part.tabIndex = -1;
  (part.querySelector("[autofocus], textarea, input:not([type=hidden])") ?? part).focus();
});
