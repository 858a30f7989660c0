// Proposes words for the search while it is typed. Without this script the form works as it is.
"use strict";

const ATTENTE = 150; // milliseconds without a key, before the portal is asked

for (const champ of document.querySelectorAll("input[data-propositions]")) {
  const liste = document.createElement("datalist");
  liste.id = `${champ.id}-propositions`;
  champ.after(liste);
  champ.setAttribute("list", liste.id);
  let minuterie;
  let demande;

  champ.addEventListener("input", () => {
    clearTimeout(minuterie);
    demande?.abort();
    minuterie = setTimeout(proposer, ATTENTE);
  });

  async function proposer() {
    demande = new AbortController();
    try {
      const adresse = `${champ.dataset.propositions}?q=${encodeURIComponent(champ.value)}`;
      const reponse = await fetch(adresse, { signal: demande.signal });
      const { propositions } = await reponse.json();
      liste.replaceChildren(...propositions.map((texte) => new Option("", texte)));
    } catch (erreur) {
      if (erreur.name !== "AbortError") {
        liste.replaceChildren();
      }
    }
  }
}
