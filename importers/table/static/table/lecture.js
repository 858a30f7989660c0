// One reading: from a fact or a constat to its passage, and back; the shortcuts that the screen lists.
(() => {
  const form = document.getElementById("lecture");
  const texte = document.getElementById("texte");
  const original = form.querySelector(".table-original"); // for a PDF alone
  let origine = null; // the link that led to the passage that is shown

  const passagesOf = (numero) => [...texte.querySelectorAll(`[data-passage="${numero}"]`)];

  function mark(numero) {
    form.querySelectorAll(".table-passage--ici").forEach((item) => item.classList.remove("table-passage--ici"));
    form.querySelectorAll(".table-fait--ici").forEach((item) => item.classList.remove("table-fait--ici"));
    passagesOf(numero).forEach((item) => item.classList.add("table-passage--ici"));
    form.querySelectorAll(`[data-passage-du-fait="${numero}"]`).forEach((item) => item.classList.add("table-fait--ici"));
  }

  function show(link) {
    const numero = link.dataset.vers;
    const [first] = passagesOf(numero);
    if (!first) return;
    origine = link;
    mark(numero);
    turn(first.dataset.page);
    if (original && isShown(original)) return;
    // The text alone scrolls: the facts stay where they are.
    texte.scrollTop += first.getBoundingClientRect().top - texte.getBoundingClientRect().top - texte.clientHeight / 4;
    if (!isInView(texte)) texte.scrollIntoView({ block: "nearest" });
    first.focus({ preventScroll: true });
  }

  // A viewer of PDF follows its address alone: another page is another address.
  function turn(page) {
    if (!original || !page) return;
    const address = new URL(original.src);
    address.search = `?page=${page}`;
    address.hash = `page=${page}`;
    if (original.src !== address.href) original.src = address.href;
  }

  const isShown = (element) => element.offsetParent !== null;

  function isInView(element) {
    const { top } = element.getBoundingClientRect();
    return top >= 0 && top < window.innerHeight;
  }

  // A passage of several facts leads back to the one that it was reached from.
  function comeBack(passage) {
    const numero = passage.dataset.passage;
    const anchor = passage.dataset.retour || passage.getAttribute("href").slice(1);
    const same = origine && origine.dataset.vers === numero;
    const fait = same ? origine : document.getElementById(anchor)?.closest("li").querySelector("[data-vers]") || document.getElementById(anchor);
    mark(numero);
    fait?.focus();
    fait?.scrollIntoView({ block: "nearest" });
  }

  function move(from, step) {
    const links = [...form.querySelectorAll(".table-fait__nom[data-vers]")];
    const next = links[links.indexOf(from) + step];
    next?.focus();
  }

  function submit(suite) {
    const button = form.querySelector(`[data-raccourci=${suite}]`);
    if (button) form.requestSubmit(button);
  }

  form.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-vers]") || linkOfRow(event.target);
    const passage = event.target.closest("[data-passage]");
    if (link) show(link);
    else if (passage && !String(window.getSelection())) comeBack(passage);
    else return;
    event.preventDefault();
  });

  function linkOfRow(target) {
    if (target.closest("a, select, label, input, button") || String(window.getSelection())) return null;
    return target.closest("[data-passage-du-fait]")?.querySelector("[data-vers]");
  }

  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event.shiftKey ? "suivant" : "page");
    else if (target.matches(".table-fait__nom") && key === "ArrowDown") move(target, 1);
    else if (target.matches(".table-fait__nom") && key === "ArrowUp") move(target, -1);
    else if (key === "Enter" && target.matches("span[data-passage]")) comeBack(target);
    else if (key === "Enter" && target.matches("[type=radio]")) submit("page"); // and not the search, the first button
    else if (key === "Escape" && texte.contains(target) && origine) origine.focus();
    else return;
    event.preventDefault();
  });

  let submitted = false;
  let chosen = "choisi" in form.dataset; // what the editor chose and has not sent
  form.addEventListener("change", () => {
    chosen = true;
  });
  form.addEventListener("submit", (event) => {
    const { retirer } = event.submitter?.dataset ?? {};
    if (submitted || (retirer && !confirm(`Retirer « ${retirer} » de la table ?`))) event.preventDefault();
    else submitted = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (chosen && !submitted) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    submitted = false;
  });
})();
