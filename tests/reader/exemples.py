"""Two invented acts, authentic in form, that fill every part of a page."""

from datetime import date
from decimal import Decimal

from portal.domain.convention import (
    Annexe,
    Article,
    Avenant,
    Canal,
    Convention,
    Duree,
    Imputation,
    LigneEcheancier,
    Nature,
    Partie,
    PublicationPrevue,
    Reconduction,
    RegleEffet,
    Representant,
    Role,
    Signataire,
    TypeArticle,
)

CONVENTION = Convention(
    titre="Convention de délégation de gestion du 1er septembre 2024 relative aux classes virtuelles",
    reference="DNE-2024-017",
    nor="MENN2412345X",
    objet="La délégation de moyens pour assurer la continuité des outils de visioconférence des ministères.",
    date_signature=date(2024, 9, 1),
    parties=(
        Partie(
            nom="Ministère de l’Éducation nationale et de la Jeunesse",
            role=Role.DELEGANT,
            sigle="MENJ",
            adresse="110 rue de Grenelle 75006 PARIS",
            designation="le délégant",
            representants=(Representant("Camille Roussel", "directrice du numérique pour l’éducation"),),
        ),
        Partie(
            nom="Direction interministérielle du numérique",
            role=Role.DELEGATAIRE,
            sigle="DINUM",
            adresse="20 avenue de Ségur 75007 PARIS",
            designation="le délégataire",
            representants=(Representant("Dominique Lefort", "directeur interministériel"),),
        ),
    ),
    visas=(
        "Vu l’ordonnance n° 2022-408 du 23 mars 2022 relative au régime de responsabilité financière ;",
        "Vu le décret n° 2004-1085 du 14 octobre 2004 relatif à la délégation de gestion dans les services de l’État",
    ),
    preambule="L’incubateur de services numériques forme de petites équipes.\nIl accompagne les ministères.",
    articles=(
        Article(
            "1",
            "Objet de la délégation",
            "La présente convention a pour objet la délégation de moyens pour assurer la bonne continuité et "
            "l’évolution fonctionnelle des outils de visioconférence, ainsi que les services des classes virtuelles.",
            TypeArticle.OBJET,
        ),
        Article(
            "2",
            "Prestations confiées au délégataire",
            "Le délégataire assure pour le compte du délégant :\n- la prestation objet de la présente convention ;\n"
            "- la demande d’engagement de dépenses ;\n- l’exécution et le suivi du marché.",
            TypeArticle.MISSIONS,
        ),
        Article(
            "3",
            "Obligations du délégant",
            "Le délégant respecte l’approche définie sur le site <https://beta.gouv.fr/approche/>.\n"
            "Il transmet sans délai les constatations de service fait.",
            TypeArticle.OBLIGATIONS_DELEGANT,
        ),
        Article(
            "4",
            "Obligations du délégataire",
            "Le délégataire exécute la délégation dans les limites fixées par le présent document.",
            TypeArticle.OBLIGATIONS_DELEGATAIRE,
        ),
        Article(
            "5",
            "Suivi et compte rendu",
            "Le délégataire rend compte au délégant, tous les six mois, des dépenses réalisées.",
            TypeArticle.SUIVI,
        ),
        Article(
            "6",
            "Exécution financière de la délégation",
            "Les crédits sont mis à disposition selon l’échéancier suivant :\n\tAE\tCP\n2024\t120 000 €\t10 000 €\n"
            "2025\t\t110 000 €\nLes éléments comptables d’imputation sont les suivants :\nProgramme\t214\n"
            "Centre financier\t0214-CEN2-INFO",
            TypeArticle.FINANCIER,
        ),
        Article(
            "7",
            "Durée et résiliation",
            "La convention prend effet à sa notification et prend fin au 31 décembre 2027.",
            TypeArticle.DUREE,
        ),
    ),
    annexes=(Annexe("Annexe technique", "Le service visio-agents est ouvert à tous les agents."),),
    echeancier=(
        LigneEcheancier(2024, "214", "0214-CEN2-INFO", None, Decimal("120000.00"), Decimal("10000.00")),
        LigneEcheancier(2025, "214", "0214-CEN2-INFO", None, None, Decimal("110000.00")),
    ),
    imputations=(Imputation("214", "FAC9460075", "0214-08-02", "0214-CEN2-INFO", "021401SI0202", None),),
    montant_total=Decimal("120000.00"),
    duree=Duree(RegleEffet.NOTIFICATION, None, date(2027, 12, 31), Reconduction.EXPRESSE, 3),
    publications_prevues=(
        PublicationPrevue(Canal.BULLETIN_OFFICIEL, "bulletin officiel du ministère de l’Éducation nationale"),
        PublicationPrevue(Canal.GOUVERNEMENT, "site du Gouvernement", "www.gouvernement.fr/publications-officielles"),
        PublicationPrevue(Canal.DATA_GOUV, "plateforme data.gouv.fr", "https://www.data.gouv.fr"),
    ),
    copies=("Contrôleur budgétaire et comptable ministériel des services du Premier ministre",),
    signataires=(
        Signataire("Camille Roussel", "la directrice", "la DNE"),
        Signataire("", "le directeur interministériel", "la DINUM"),
    ),
)

AVENANT = Convention(
    titre="Avenant n° 1 à la convention de délégation de gestion du 1er septembre 2024",
    nature=Nature.AVENANT,
    objet="Prolonger la convention d’un an.",
    date_signature=date(2025, 11, 3),
    parties=CONVENTION.parties,
    visas=CONVENTION.visas,
    articles=(
        Article("1", "Objet", "Le présent avenant prolonge la convention jusqu’au 31 décembre 2028."),
        Article(
            "2", "Autres clauses", "Les autres clauses de la convention sont inchangées, exécution financière comprise."
        ),
    ),
    duree=Duree(RegleEffet.SIGNATURE, None, date(2028, 12, 31), None, None),
    avenant=Avenant("1", date(2024, 9, 1), "DNE-2024-017"),
)
