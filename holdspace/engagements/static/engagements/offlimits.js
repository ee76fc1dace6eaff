// A quiet reminder while the coach types about something they agreed not to bring up. The words stay as they are.

const list = document.querySelector("[data-off-limits]");
const topics = [...(list?.querySelectorAll("[data-stem]") ?? [])].map((item) => ({
  words: item.textContent.trim(),
  stem: new RegExp(`(?<![\\p{L}\\p{N}_])${item.dataset.stem.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "iu"),
}));

function look(form) {
  const written = [...form.querySelectorAll("input[type=text], input:not([type]), textarea")].map((field) => field.value);
  const found = topics.filter((topic) => written.some((words) => topic.stem.test(words)));
  list.querySelector("[data-said]").textContent = found.length
    ? `You agreed not to bring up ${found.map((topic) => topic.words).join(" and ")}.`
    : "";
}

document.addEventListener("input", (event) => {
  if (topics.length && event.target.form) look(event.target.form);
});
