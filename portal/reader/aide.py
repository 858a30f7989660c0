"""What may be written in the search box, by examples: each is itself a search."""

AIDE = (
    ("hébergement numérique", "qui ont tous ces mots, où qu’ils soient"),
    ('"comité de suivi"', "où ces mots se suivent"),
    ('"crédits paiement"~3', "où ces mots sont à trois mots l’un de l’autre, au plus"),
    ("formation OU recrutement", "qui ont l’un ou l’autre"),
    ("gestion -avenant", "qui ont le premier, non le second"),
    ("(paie OU pension) -retraite", "selon des groupes de mots"),
    ("visio*", "qui ont un mot commençant ainsi"),
    ("objet:hébergement", "dont le titre ou l’objet a ce mot ; de même titre, article, visa, partie"),
    ("delegant:DNE delegataire:DINUM", "que l’un confie à l’autre"),
    ("annee:2022..2024", "signées ces années-là ; de même du:2024-09-01 et au:2025"),
    ("ae:>100000", "de plus de 100\u202f000 € d’AE ; de même cp:10k..2M"),
    ("statut:en_vigueur programme:214", "en vigueur aujourd’hui, sur ce programme ; de même uo et nor"),
)
"""Each example, and which conventions it finds."""
