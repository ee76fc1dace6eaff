// Passkeys: asks the device, puts its answer into the form and sends it. Needs webauthn-json.js, which comes before it.

const trouble = {
  NotAllowedError: "That did not work: it was called off or took too long. Try again when you are ready.",
  InvalidStateError: "This device holds a passkey for you already.",
  SecurityError: "Passkeys work only under the house's own address, over https.",
};
const KIND = "This browser can't use passkeys here. An app with codes, or your password, works everywhere.";

const read = () => JSON.parse(document.getElementById("passkey-options").textContent);

const asks = {
  async add(form) {
    const options = read().creation_options;
    const alone = form.elements.passwordless?.checked;
    const wishes = (options.publicKey.authenticatorSelection ??= {});
    wishes.residentKey = alone ? "required" : "discouraged";
    wishes.requireResidentKey = Boolean(alone);
    if (alone) wishes.userVerification = "required";
    return window.webauthnJSON.create(options);
  },
  use: () => window.webauthnJSON.get(read().request_options),
  async enter(form) {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return window.webauthnJSON.get((await answer.json()).request_options);
  },
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const ask = asks[form.dataset.passkey];
  if (!ask) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const say = form.querySelector("[data-passkey-trouble]");
  say.textContent = "";
  try {
    form.elements.credential.value = JSON.stringify(await ask(form));
    form.submit(); // which no listener hears, so it goes straight to the house
  } catch (error) {
    say.textContent = trouble[error.name] ?? KIND;
  }
}, true);
