// Small comforts; every page works without them.

/** Files may be dropped where one is asked for, and the chosen name and size are said. */
function dropZone(zone) {
  const input = zone.querySelector('input[type="file"]');
  const chosen = zone.querySelector("[data-chosen]");
  const say = () => {
    const names = [...input.files].map((file) => `${file.name}, ${size(file.size)}`);
    chosen.textContent = names.join(" · ");
  };
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  input.addEventListener("change", say);
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

document.querySelectorAll("[data-drop]").forEach(dropZone);

// A bar of a strip leads to its turn.
document.addEventListener("click", (event) => {
  const bar = event.target.closest?.("[data-to]");
  if (bar) location.assign(bar.dataset.to);
});

// A form is sent once; coming back to the page makes it ready again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  if (form.method === "post" && !form.closest("[hx-post], [data-hx-post]")) form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
