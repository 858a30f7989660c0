"""The one object that importers produce, rules judge, pages store and exports read.

Every class is frozen and holds tuples, so that a `Convention` can be hashed, compared and kept.
Unknown is `None` (or an empty text where the fact is a text), never a guess; an absent amount is
`None`, never 0. Amounts are `Decimal` euros with two decimals.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Nature(StrEnum):
    """What the act calls itself (its form, not its legal value)."""

    CONVENTION = "convention"
    DELEGATION = "delegation"
    CHARTE = "charte"
    AVENANT = "avenant"
    AUTRE = "autre"


class Role(StrEnum):
    """The side of a partie (décret 2004-1085, art. 1)."""

    DELEGANT = "delegant"
    DELEGATAIRE = "delegataire"


class RegleEffet(StrEnum):
    """The event from which the convention takes effect."""

    SIGNATURE = "signature"
    NOTIFICATION = "notification"
    PUBLICATION = "publication"
    DATE = "date"


class Reconduction(StrEnum):
    """How the convention is renewed at its term."""

    AUCUNE = "aucune"
    TACITE = "tacite"
    EXPRESSE = "expresse"


class Canal(StrEnum):
    """Where the convention is to be published."""

    BULLETIN_OFFICIEL = "bulletin_officiel"
    GOUVERNEMENT = "gouvernement"
    DATA_GOUV = "data_gouv"
    JORF = "jorf"
    RAA = "raa"
    AUTRE = "autre"


class TypeArticle(StrEnum):
    """What an article is about; `AUTRE` where its words do not say."""

    OBJET = "objet"
    MISSIONS = "missions"
    OBLIGATIONS_DELEGANT = "obligations_delegant"
    OBLIGATIONS_DELEGATAIRE = "obligations_delegataire"
    SUIVI = "suivi"
    FINANCIER = "financier"
    MODIFICATION = "modification"
    DUREE = "duree"
    COUT = "cout"
    PUBLICATION = "publication"
    AUTRE = "autre"


class Qualite(StrEnum):
    """How the text was had: written as text, pictures without text, or read by OCR."""

    NATIF = "natif"
    SCAN = "scan"
    OCR = "ocr"


class Gravite(StrEnum):
    """`ERREUR` stops publication; the others inform the editor."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Representant:
    """A person, or a function alone, who acts for a partie."""

    nom: str = ""
    fonction: str = ""


@dataclass(frozen=True, slots=True)
class Partie:
    """A State service bound by the convention, as printed.

    `designation` is how the text calls it afterwards (« la DINUM »); `service` is the key of the
    register entry it was matched to, which no document states.
    """

    nom: str
    role: Role | None = None
    sigle: str = ""
    adresse: str = ""
    designation: str = ""
    representants: tuple[Representant, ...] = ()
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered clause; `numero` as printed ("1", "1.2", "II"), without the word « article »."""

    numero: str
    intitule: str = ""
    corps: str = ""
    type: TypeArticle = TypeArticle.AUTRE


@dataclass(frozen=True, slots=True)
class Annexe:
    intitule: str
    corps: str = ""


@dataclass(frozen=True, slots=True)
class LigneEcheancier:
    """AE (autorisations d'engagement) and CP (crédits de paiement), in euros, of one year."""

    annee: int | None = None
    programme: str | None = None
    uo: str | None = None
    partie: str | None = None
    ae: Decimal | None = None
    cp: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Imputation:
    """The accounting codes on which the spending is charged, as normalised strings."""

    programme: str | None = None
    comptable: str | None = None
    domaine_fonctionnel: str | None = None
    centre_financier: str | None = None
    activite: str | None = None
    centre_cout: str | None = None


@dataclass(frozen=True, slots=True)
class Duree:
    """When the convention takes effect and ends; `preavis_mois` is the notice, in months."""

    regle_effet: RegleEffet | None = None
    date_effet: date | None = None
    date_fin: date | None = None
    reconduction: Reconduction | None = None
    preavis_mois: int | None = None


@dataclass(frozen=True, slots=True)
class Avenant:
    """What an avenant says of the convention that it changes."""

    numero: str | None = None
    convention_date: date | None = None
    convention_reference: str | None = None


@dataclass(frozen=True, slots=True)
class PublicationPrevue:
    """A publication which the text promises."""

    canal: Canal
    libelle: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Signataire:
    """Who signs, in what function, and for whom (`pour`, as printed)."""

    nom: str = ""
    fonction: str = ""
    pour: str = ""


@dataclass(frozen=True, slots=True)
class Constat:
    """A finding of a rule.

    `debut` and `fin` index the text that was examined (`None` where no passage is meant); `champ` is
    the path of the fact concerned ("duree.date_fin", "parties[0].nom"), or `None`.
    """

    regle: str
    gravite: Gravite
    message: str
    debut: int | None = None
    fin: int | None = None
    champ: str | None = None


@dataclass(frozen=True, slots=True)
class Convention:
    """A convention de délégation de gestion, whole: what its signed document says."""

    titre: str
    nature: Nature = Nature.CONVENTION
    reference: str | None = None
    nor: str | None = None
    objet: str = ""
    date_signature: date | None = None
    parties: tuple[Partie, ...] = ()
    visas: tuple[str, ...] = ()
    preambule: str = ""
    articles: tuple[Article, ...] = ()
    annexes: tuple[Annexe, ...] = ()
    echeancier: tuple[LigneEcheancier, ...] = ()
    imputations: tuple[Imputation, ...] = ()
    montant_total: Decimal | None = None
    duree: Duree = field(default_factory=Duree)
    avenant: Avenant | None = None
    publications_prevues: tuple[PublicationPrevue, ...] = ()
    copies: tuple[str, ...] = ()
    signataires: tuple[Signataire, ...] = ()

    @property
    def delegants(self) -> tuple[Partie, ...]:
        return tuple(partie for partie in self.parties if partie.role is Role.DELEGANT)

    @property
    def delegataires(self) -> tuple[Partie, ...]:
        return tuple(partie for partie in self.parties if partie.role is Role.DELEGATAIRE)


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where the fact at the path `champ` was read: the characters from `debut` to before `fin` of the text."""

    champ: str
    debut: int
    fin: int


@dataclass(frozen=True, slots=True)
class Lecture:
    """A convention as read from one file, with what the reading and the rules found.

    `texte` is the extracted text that the spans of `constats` and `lieux` index, and `pages` the places in it where
    each page starts, for a file that has pages; `sha256` is that of the file.
    """

    source: str
    sha256: str
    qualite: Qualite
    texte: str
    convention: Convention
    constats: tuple[Constat, ...] = ()
    lieux: tuple[Lieu, ...] = ()
    pages: tuple[int, ...] = ()
