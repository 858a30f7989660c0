// The table of files: sends them one by one, and brings the list up to date while something is being read.
(() => {
  const PAUSE = 1500; // milliseconds between two looks at the list
  const form = document.getElementById("depot");
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector("[data-zone]");
  const depots = document.getElementById("depots");
  const suivi = document.querySelector("[data-suivi]");
  const barre = document.querySelector("[data-envoi]");
  const avis = document.querySelector("[data-avis]");
  let waiting = [];
  let sent = 0;
  let timer = null;

  form.querySelector("[data-glisser]").hidden = false;

  function tell(mots) {
    if (suivi.textContent !== mots) suivi.textContent = mots;
  }

  function warn(mots) {
    const item = document.createElement("li");
    item.textContent = mots;
    avis.append(item);
  }

  // The answer of the portal; an error in French where there is none, or where the session is over.
  async function ask(address, options) {
    let response;
    try {
      response = await fetch(address, options);
    } catch {
      throw new Error("Le portail ne répond pas.");
    }
    if (response.redirected || response.status === 403) throw new Error("Vous n'êtes plus connecté : reconnectez-vous.");
    if (!response.ok) throw new Error(`Le portail a refusé (${response.status}).`);
    return response;
  }

  // What had the focus has it again, though its row was written anew.
  async function refresh() {
    const response = await ask(depots.dataset.source, { headers: { Accept: "text/html" } });
    const focused = depots.contains(document.activeElement) ? document.activeElement.id : "";
    depots.innerHTML = await response.text();
    if (focused) (document.getElementById(focused) || depots.querySelector("a, button"))?.focus();
    if (!waiting.length) tell(list().dataset.bilan);
  }

  const list = () => depots.firstElementChild;
  const isUnderWay = () => "enCours" in list().dataset;

  async function watch() {
    clearTimeout(timer);
    try {
      await refresh();
    } catch (error) {
      tell(`${error.message} Actualisez la page.`);
      return;
    }
    if (waiting.length || isUnderWay()) timer = setTimeout(watch, PAUSE);
  }

  async function send(file) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("fichiers", file);
    const response = await ask(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    (await response.json()).messages.forEach(warn);
  }

  async function sendAll(files) {
    const busy = waiting.length > 0;
    waiting.push(...files);
    if (busy || !waiting.length) return;
    avis.replaceChildren();
    sent = 0;
    barre.hidden = false;
    timer = setTimeout(watch, PAUSE);
    while (waiting.length) {
      barre.max = sent + waiting.length;
      barre.value = sent;
      tell(`Envoi et lecture du fichier ${sent + 1} sur ${sent + waiting.length}.`);
      try {
        await send(waiting[0]);
      } catch (error) {
        warn(`« ${waiting[0].name} » n'a pas été reçu. ${error.message} Déposez-le de nouveau.`);
      }
      waiting.shift();
      sent += 1;
    }
    barre.hidden = true;
    await watch();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...input.files];
    form.reset();
    sendAll(files);
  });

  depots.addEventListener("submit", (event) => {
    const { retirer } = event.target.dataset;
    if (retirer && !confirm(`Retirer « ${retirer} » de la table ?`)) event.preventDefault();
  });

  // Beside the zone, a browser would leave the screen to open the file.
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
  zone.addEventListener("dragover", () => {
    zone.classList.add("hovered");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("hovered"));
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("hovered");
    sendAll([...event.dataTransfer.files]);
  });

  // A file that was not sent yet would be lost with the screen.
  window.addEventListener("beforeunload", (event) => {
    if (waiting.length) event.preventDefault();
  });

  if (isUnderWay()) timer = setTimeout(watch, PAUSE);
})();
