"""The only bridge between the domain's `Convention` and the rows of a page.

`from_page(to_page(convention, page)) == convention`, for every convention: a property test holds it.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from portal.domain import convention as domain

CENTIME = Decimal("0.01")
PAGE_FACTS = ("titre", "objet", "preambule", "date_signature")
OPTIONAL_TEXTS = ("reference", "nor")
IMPUTATION_CODES = ("programme", "comptable", "domaine_fonctionnel", "centre_financier", "activite", "centre_cout")


def to_page(convention: domain.Convention, page: Any, services: dict[str, Any] | None = None) -> Any:
    """Writes every fact of `convention` on `page` (an `ActePage`, not saved here) and returns it.

    `services` gives the register's rows by key, for the parties that are matched to one; a key that it
    lacks raises `KeyError`.
    """
    for name in PAGE_FACTS:
        setattr(page, name, getattr(convention, name))
    for name in OPTIONAL_TEXTS:
        setattr(page, name, getattr(convention, name) or "")
    page.nature = convention.nature.value
    page.montant_total = convention.montant_total
    _write_duree(convention.duree, page)
    _write_avenant(convention.avenant, page)
    _write_texts(convention, page)
    _write_rows(convention, page, services or {})
    return page


def from_page(page: Any) -> domain.Convention:
    """The facts that `page` holds now, saved or not."""
    return domain.Convention(
        titre=_text(page.titre),
        nature=domain.Nature(page.nature),
        reference=_text(page.reference) or None,
        nor=_text(page.nor) or None,
        objet=_text(page.objet),
        date_signature=page.date_signature,
        parties=tuple(_read_partie(row) for row in page.parties.all()),
        visas=tuple(_text(block.value) for block in page.visas),
        preambule=_text(page.preambule),
        articles=tuple(_read_article(block.value) for block in page.articles),
        annexes=tuple(
            domain.Annexe(_text(block.value["intitule"]), _text(block.value["corps"])) for block in page.annexes
        ),
        echeancier=tuple(_read_echeance(row) for row in page.echeancier.all()),
        imputations=tuple(
            domain.Imputation(**{code: _text(getattr(row, code)) or None for code in IMPUTATION_CODES})
            for row in page.imputations.all()
        ),
        montant_total=_amount(page.montant_total),
        duree=_read_duree(page),
        avenant=_read_avenant(page),
        publications_prevues=tuple(
            domain.PublicationPrevue(domain.Canal(row.canal), _text(row.libelle), row.url or None)
            for row in page.publications_prevues.all()
            if row.canal
        ),
        copies=tuple(_text(row.destinataire) for row in page.copies.all()),
        signataires=tuple(
            domain.Signataire(_text(row.nom), _text(row.fonction), _text(row.pour)) for row in page.signataires.all()
        ),
    )


def _text(value: str | None) -> str:
    """A browser sends line ends as CRLF; the domain knows only LF."""
    return (value or "").replace("\r\n", "\n")


def _amount(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(CENTIME)


def _write_duree(duree: domain.Duree, page: Any) -> None:
    page.regle_effet = duree.regle_effet.value if duree.regle_effet else ""
    page.date_effet = duree.date_effet
    page.date_fin = duree.date_fin
    page.reconduction = duree.reconduction.value if duree.reconduction else ""
    page.preavis_mois = duree.preavis_mois


def _read_duree(page: Any) -> domain.Duree:
    return domain.Duree(
        regle_effet=domain.RegleEffet(page.regle_effet) if page.regle_effet else None,
        date_effet=page.date_effet,
        date_fin=page.date_fin,
        reconduction=domain.Reconduction(page.reconduction) if page.reconduction else None,
        preavis_mois=page.preavis_mois,
    )


def _write_avenant(avenant: domain.Avenant | None, page: Any) -> None:
    page.modifie_un_acte = avenant is not None
    page.avenant_numero = (avenant and avenant.numero) or ""
    page.convention_date = avenant.convention_date if avenant else None
    page.convention_reference = (avenant and avenant.convention_reference) or ""


def _read_avenant(page: Any) -> domain.Avenant | None:
    facts = (_text(page.avenant_numero) or None, page.convention_date, _text(page.convention_reference) or None)
    if not (page.modifie_un_acte or any(facts)):
        return None
    return domain.Avenant(*facts)


def _write_texts(convention: domain.Convention, page: Any) -> None:
    page.visas = [("visa", visa) for visa in convention.visas]
    page.articles = [
        (
            "article",
            {
                "numero": article.numero,
                "intitule": article.intitule,
                "type": article.type.value,
                "corps": article.corps,
            },
        )
        for article in convention.articles
    ]
    page.annexes = [("annexe", {"intitule": annexe.intitule, "corps": annexe.corps}) for annexe in convention.annexes]


def _read_article(value: Any) -> domain.Article:
    return domain.Article(
        numero=_text(value["numero"]),
        intitule=_text(value["intitule"]),
        corps=_text(value["corps"]),
        type=domain.TypeArticle(value["type"] or domain.TypeArticle.AUTRE),
    )


def _write_rows(convention: domain.Convention, page: Any, services: dict[str, Any]) -> None:
    _replace(page, "parties", (_partie_fields(partie, services) for partie in convention.parties))
    for row, partie in zip(page.parties.all(), convention.parties, strict=True):
        _replace(row, "representants", ({"nom": r.nom, "fonction": r.fonction} for r in partie.representants))
    _replace(
        page,
        "echeancier",
        (
            {
                "annee": ligne.annee,
                "programme": ligne.programme or "",
                "uo": ligne.uo or "",
                "partie": ligne.partie or "",
                "ae": ligne.ae,
                "cp": ligne.cp,
            }
            for ligne in convention.echeancier
        ),
    )
    _replace(
        page,
        "imputations",
        ({code: getattr(imputation, code) or "" for code in IMPUTATION_CODES} for imputation in convention.imputations),
    )
    _replace(
        page,
        "publications_prevues",
        ({"canal": p.canal.value, "libelle": p.libelle, "url": p.url or ""} for p in convention.publications_prevues),
    )
    _replace(page, "copies", ({"destinataire": copie} for copie in convention.copies))
    _replace(
        page, "signataires", ({"nom": s.nom, "fonction": s.fonction, "pour": s.pour} for s in convention.signataires)
    )


def _replace(parent: Any, relation: str, rows: Iterable[dict[str, Any]]) -> None:
    row_model = parent._meta.get_field(relation).related_model
    setattr(parent, relation, [row_model(sort_order=order, **fields) for order, fields in enumerate(rows)])


def _partie_fields(partie: domain.Partie, services: dict[str, Any]) -> dict[str, Any]:
    return {
        "role": partie.role.value if partie.role else "",
        "nom": partie.nom,
        "sigle": partie.sigle,
        "adresse": partie.adresse,
        "designation": partie.designation,
        "service": services[partie.service] if partie.service else None,
    }


def _read_partie(row: Any) -> domain.Partie:
    return domain.Partie(
        nom=_text(row.nom),
        role=domain.Role(row.role) if row.role else None,
        sigle=_text(row.sigle),
        adresse=_text(row.adresse),
        designation=_text(row.designation),
        representants=tuple(domain.Representant(_text(r.nom), _text(r.fonction)) for r in row.representants.all()),
        service=row.service.slug if row.service else None,
    )


def _read_echeance(row: Any) -> domain.LigneEcheancier:
    return domain.LigneEcheancier(
        annee=row.annee,
        programme=_text(row.programme) or None,
        uo=_text(row.uo) or None,
        partie=_text(row.partie) or None,
        ae=_amount(row.ae),
        cp=_amount(row.cp),
    )
